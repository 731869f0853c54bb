"""Prints the occurrences of a calendar as an independent library works them out.

Usage: occurrences.py FILE FROM UNTIL ZONE

Each line is "START END SUMMARY" in UTC, sorted. ZONE is that of times without one. The exit code is 77
where the packages icalendar and recurring-ical-events are missing, or older than these that count the
days of a shift by the calendar and not by hours.
"""

import datetime
import importlib.metadata
import sys

try:
    import zoneinfo

    import icalendar
    import recurring_ical_events
except ImportError as error:
    print(error)
    sys.exit(77)

if int(importlib.metadata.version("recurring-ical-events").split(".")[0]) < 3:
    print("recurring-ical-events is older than version 3")
    sys.exit(77)


def in_utc(value, zone):
    """The instant of a date or a time, in UTC."""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(datetime.timezone.utc)


def main():
    path, start, end, zone_name = sys.argv[1:]
    zone = zoneinfo.ZoneInfo(zone_name)
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    query = recurring_ical_events.of(calendar)
    first = datetime.datetime.fromisoformat(start)
    last = datetime.datetime.fromisoformat(end)
    lines = []
    for event in query.between(first, last):
        if str(event.get("STATUS", "")) == "CANCELLED":
            continue
        begin = in_utc(event["DTSTART"].dt, zone)
        until = in_utc(event["DTEND"].dt, zone)
        text = "%Y-%m-%dT%H:%M:%SZ"
        lines.append(f"{begin.strftime(text)} {until.strftime(text)} {event.get('SUMMARY', '')}")
    print("\n".join(sorted(lines)))


main()
