"""A task for the Task Scheduler of Windows, as XML of its schema (MS-TSCH, section 2.5)."""

import calendar
import re
import xml.etree.ElementTree as ET
from pathlib import PureWindowsPath
from subprocess import list2cmdline

from kcc_lib.errors import KccError
from kcc_lib.publish.schedule.plan import (
    NAME,
    SET,
    TITLE,
    Files,
    Plan,
    check_paths,
    refuse_unwritable,
)

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
#: From when it counts: a day that is past, so that the same plan is the same file.
_SINCE = "2025-04-01"
_LONGEST_PATH = 260
#: What no file of Windows has in its name.
_NO_NAME = r'["<>|?*]'
_NO_SUCH_NAME = 'no file of Windows has any of " < > | ? * in its name'
_SETTINGS = {
    # two runs never meet; the builder itself refuses to as well
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    # a run that was missed because the machine was off is made up when it is on again
    "StartWhenAvailable": "true",
    "Enabled": "true",
    "ExecutionTimeLimit": "PT4H",
}


def windows_files(plan: Plan) -> Files:
    """The task.

    Raises
    ------
    KccError
        If a path is not whole or too long, or holds what the scheduler would replace.
    """
    check_paths(plan, PureWindowsPath, "Windows")
    refuse_unwritable([plan.workbook, plan.python], _NO_NAME, _NO_SUCH_NAME)
    program, *words = plan.command
    arguments = list2cmdline(words)
    why = "Windows takes what stands between two % for a variable; use a path without them"
    refuse_unwritable([plan.workbook, program, arguments], "%.*%", why)
    for path in (plan.workbook, program):
        if len(path) > _LONGEST_PATH:
            raise KccError(f"{path!r} is longer than the {_LONGEST_PATH} characters of a task")
    task = ET.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    said = f"{TITLE}, {plan.told}, by this machine's clock. Result 2: refused, nothing was built."
    ET.SubElement(about, "Description").text = said
    _add_trigger(ET.SubElement(task, "Triggers"), plan)
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    ET.SubElement(principal, "LogonType").text = "S4U"
    ET.SubElement(principal, "RunLevel").text = "LeastPrivilege"
    settings = ET.SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        ET.SubElement(settings, name).text = value
    action = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    ET.SubElement(action, "Command").text = program
    ET.SubElement(action, "Arguments").text = arguments
    ET.SubElement(action, "WorkingDirectory").text = plan.workbook
    ET.indent(task)
    install = f"schtasks /Create /TN {NAME} /XML {NAME}.xml"
    # no encoding is named: the file is UTF-16 by its first mark, a pipe is what the shell makes it
    head = f'<?xml version="1.0"?>\n<!-- Install: {install} -->\n{_settings(plan)}'
    return {f"{NAME}.xml": head + ET.tostring(task, encoding="unicode") + "\n"}


def name_fault(path: str) -> str:
    """Why no file of Windows can have this name; a quote would end it before its end."""
    return _NO_SUCH_NAME if re.search(_NO_NAME, path) else ""


def _settings(plan: Plan) -> str:
    """What to type, as the user that the task runs as: a task has no variables of its own."""
    if not plan.variables:
        return ""
    typed = "".join(f'setx {name} ""\n' for name in plan.variables)
    return f"<!-- {SET},\nbetween the quotes, and type them as the user of the task:\n{typed}-->\n"


def _add_trigger(triggers: ET.Element, plan: Plan) -> None:
    """When it starts, in the order that the schema asks for."""
    trigger = ET.SubElement(triggers, "CalendarTrigger")
    ET.SubElement(trigger, "Enabled").text = "true"
    ET.SubElement(trigger, "StartBoundary").text = f"{_SINCE}T{plan.clock}:00"
    monthly = ET.SubElement(trigger, "ScheduleByMonth")
    days = ET.SubElement(monthly, "DaysOfMonth")
    for day in plan.days:
        ET.SubElement(days, "Day").text = str(day)
    months = ET.SubElement(monthly, "Months")
    for month in plan.months:
        ET.SubElement(months, calendar.month_name[month])
