// Filter a table by words and judgements. Without scripts every row shows and no form appears.
for (const form of document.querySelectorAll("form.filter")) {
  const table = document.getElementById(form.dataset.filters);
  const rows = [...table.querySelectorAll("tr[data-find]")];
  const words = form.querySelector("input");
  const choices = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");
  const measures = list => new Set(list.map(row => row.querySelector("th").textContent)).size;
  const show = () => {
    const wanted = words.value.toLowerCase().replaceAll("’", "'").split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const labels = row.dataset.labels.split("|");
      row.hidden = !(wanted.every(w => row.dataset.find.includes(w)) &&
        choices.every(c => !c.value || labels[c.dataset.at] === c.value));
    }
    for (const body of table.tBodies) {
      const inside = [...body.querySelectorAll("tr[data-find]")];
      body.hidden = inside.length > 0 && inside.every(row => row.hidden);
    }
    const left = rows.filter(row => !row.hidden);
    status.textContent = `Showing ${measures(left)} of ${measures(rows)} measures`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  show();
}
