// Filter a table or a list by words and choices. Without scripts all of it shows and no form.
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();
for (const form of document.querySelectorAll("form.filter")) {
  const holder = document.getElementById(form.dataset.filters);
  const rows = [...holder.querySelectorAll("[data-find]")];
  const words = form.querySelector("input");
  const choices = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");
  const noun = form.dataset.noun;
  const names = list => new Set(list.map(r => r.dataset.name ?? r.querySelector("th").textContent)).size;
  const show = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const labels = row.dataset.labels.split("|");
      row.hidden = !(wanted.every(w => row.dataset.find.includes(w)) &&
        choices.every(c => !c.value || labels[c.dataset.at] === c.value));
    }
    const narrowed = wanted.length > 0 || choices.some(c => c.value);
    for (const group of holder.querySelectorAll("tbody, [data-group]")) {
      const inside = [...group.querySelectorAll("[data-find]")];
      // a group without entries says something beside the others, not an answer to a search
      group.hidden = inside.length ? inside.every(row => row.hidden) : narrowed && "group" in group.dataset;
    }
    const left = rows.filter(row => !row.hidden);
    holder.classList.toggle("narrowed", narrowed);
    status.textContent = left.length ? `Showing ${names(left)} of ${names(rows)} ${noun}`
      : `No ${noun} found. Try fewer words, other words, or clear the search.`;
  };
  const keep = () => {
    const at = words.value ? "#find=" + encodeURIComponent(words.value) : "";
    history.replaceState(null, "", location.href.split("#")[0] + at);
  };
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { show(); keep(); words.focus(); }));
  const kept = /^#find=(.*)/.exec(location.hash);
  try { if (kept) words.value = decodeURIComponent(kept[1]); } catch { /* not an address of ours */ }
  form.hidden = false;
  show();
}
