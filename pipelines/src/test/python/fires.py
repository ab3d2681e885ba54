"""Writes fires.json: when cron lines fire around changes of the clock, for the tests in Java.

    pip install croniter==7.0.0 tzdata
    python fires.py ../resources/dev/sluice/pipelines/schedule/fires.json

croniter says which wall-clock times a line names, without any zone (`implement_cron_bug`: a day
field that begins with `*` restricts beside the other, as in Vixie's cron). What happens at changes
of the clock is not croniter's: it skips or moves other times than Debian's cron. Here a clock goes
through every minute of real time, and the wall clock beside it, as zoneinfo has it:

- the minute or the hour field begins with `*`: fires in each minute at which the wall clock shows a named time;
- else: fires in a minute if a named time was passed since the latest the wall clock ever showed.
  So a time in a gap fires when the wall clock jumps over it, all of them once, and one that comes
  back does not fire again.
"""

import hashlib
import json
import sys
from bisect import bisect_right
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

LINES = """
* * * * *
*/5 * * * *
*/15 * * * *
*/7 * * * *
0 * * * *
30 * * * *
59 * * * *
5/20 * * * *
0 */2 * * *
30 */2 * * *
15 */3 * * *
0 */5,4 * * *
45 */1 * * *
*/10 */2 * * *
0 0 * * *
30 0 * * *
5,55 0 * * *
0 1 * * *
15 1 * * *
30 1 * * *
45 1 * * *
0 2 * * *
1 2 * * *
15 2 * * *
30 2 * * *
45 2 * * *
59 2 * * *
0 3 * * *
30 3 * * *
0 4 * * *
*/5 2 * * *
*/10 0 * * *
0,30 0-3 * * *
0 0-23 * * *
*/15 0-23 * * *
20 1,2,3 * * *
0 0-23/2 * * *
30 23 * * *
0 12 * * *
@daily
@hourly
@weekly
30 2 * * SUN
30 0 * * FRI,SUN
0 0 * * 5-7
*/30 * * * SAT-SUN
0 3 * * sun-tue
0 */2 * * 0
30 2 28 MAR,OCT *
15 2 */2 * *
15 2 1-31/2 * *
30 2 */2 * SUN
30 2 1-31/2 * SUN
30 2 */7 * */2
45 */2 13 * FRI
30 2 8-14 * SUN
0 0 1-7 * 7
0 0 31 * *
""".strip().splitlines()

ZONES = [
    "Europe/Zurich",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Asia/Beirut",  # at midnight, and from midnight back into the day before
    "America/St_Johns",  # half an hour off the hour
    "Africa/Cairo",  # at midnight of a Friday
]

# Zone and a moment shortly before a change. Zones whose laws change often stand here with years
# that are over: the tests read the JDK's rules, which may be older or newer than tzdata's.
OTHERS = [
    ("America/Havana", "2024-03-10T04:00"),  # gap at midnight
    ("America/Havana", "2024-11-03T04:00"),  # back to midnight
    ("America/Sao_Paulo", "2018-11-04T02:00"),  # gap at midnight
    ("America/Sao_Paulo", "2018-02-18T01:00"),  # back to eleven in the evening
    ("Pacific/Apia", "2011-12-30T09:00"),  # a day that is not there
    ("Antarctica/Troll", "2027-03-28T00:00"),  # two hours
    ("Antarctica/Troll", "2027-10-31T00:00"),
    ("Pacific/Norfolk", "2015-10-03T15:00"),  # back by half an hour, for good
    ("Asia/Kathmandu", "2027-03-28T00:00"),  # none: +05:45
]

SCHEDULES = [
    {"cron": "* * * * *"},
    {"cron": "*/5 * * * *"},
    {"cron": "@hourly"},
    {"cron": "30 */2 * * *"},
    {"cron": "15 */3 * * MON-FRI"},
    {"cron": "@daily"},
    {"cron": "30 1 * * *"},
    {"cron": "30 2 * * *"},
    {"cron": "*/10 2 * * *"},
    {"cron": "0,30 0-3 * * *"},
    {"cron": "0 6,18 * * *"},
    {"cron": "15 2 */2 * *"},
    {"cron": "0 2 13 * FRI"},
    {"cron": "0 4 */10 * */3"},
    {"cron": "0 0 29 2 *"},
    {"cron": "@monthly", "start": "2027-02-01", "end": "2027-11-01"},
    {"cron": "30 2 * * SUN", "start": "2027-03-14T02:30", "end": "2027-10-31T02:30"},
    {"every": "6h"},
    {"every": "1h30m", "start": "2027-03-28T02:15"},
    {"every": "7m", "start": "2027-04-01", "end": "2027-10-01T00:07"},
]
YEAR_ZONES = ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut"]
EVERY = {"6h": 6 * HOUR, "1h30m": 1.5 * HOUR, "7m": 7 * MINUTE}


def walls(zone, begin, end):
    """Minutes of real time (naive, UTC) and what the wall clock shows at each."""
    info = ZoneInfo(zone)
    minutes = []
    now = begin
    while now <= end:
        wall = now.replace(tzinfo=timezone.utc).astimezone(info).replace(tzinfo=None)
        minutes.append((now, wall))
        now += MINUTE
    return minutes


def named(line, begin, end):
    """The wall-clock times that a line names, as croniter has them."""
    if line == "0 0 29 2 *" and begin.year == end.year == 2027:
        return []
    times = []
    walk = croniter(line, begin - timedelta(seconds=1), implement_cron_bug=True)
    while True:
        time = walk.get_next(datetime)
        if time > end:
            return times
        times.append(time)


def fires(line, times, minutes):
    """The minutes of real time at which a line fires."""
    minute, hour = ("0", "*") if line == "@hourly" else ("0", "0") if line.startswith("@") else line.split()[:2]
    found = []
    if minute.startswith("*") or hour.startswith("*"):
        set_of_times = set(times)
        return [now for now, wall in minutes if wall in set_of_times]
    latest = minutes[0][1] - MINUTE
    for now, wall in minutes:
        if wall > latest:
            if bisect_right(times, wall) > bisect_right(times, latest):
                found.append(now)
            latest = wall
    return found


def changes(minutes):
    """The minutes at which the wall clock jumps."""
    return [
        b[0] for a, b in zip(minutes, minutes[1:]) if b[1] - a[1] != MINUTE
    ]


def text(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def summary(found, at, most):
    """How many, a hash of all, and those near the changes in minutes from each."""
    near = []
    for change in at:
        there = [int((f - change) / MINUTE) for f in found if abs(f - change) <= 3 * HOUR]
        near.append(there if len(there) <= most else there[: most // 2] + there[-(most // 2) :])
    return {
        "count": len(found),
        "sha256": hashlib.sha256("\n".join(map(text, found)).encode()).hexdigest()[:16],
        "near": near,
    }


def window(zone, change):
    """All lines from 36 hours before a change to 36 hours after it."""
    after, to = change - 36 * HOUR, change + 36 * HOUR
    # From earlier on, since the latest wall-clock time has to be known.
    minutes = walls(zone, after - 48 * HOUR, to)
    lines = {}
    for line in LINES:
        times = named(line, after - 96 * HOUR, to + 72 * HOUR)
        found = [f for f in fires(line, times, minutes) if after < f <= to]
        lines[line] = summary(found, [change], 8)
    return {"zone": zone, "change": text(change), "after": text(after), "to": text(to), "lines": lines}


def windows():
    begin, end = datetime(2027, 1, 1), datetime(2028, 1, 1)
    for zone in ZONES:
        for change in changes(walls(zone, begin, end)):
            yield window(zone, change)
    for zone, before in OTHERS:
        moment = datetime.fromisoformat(before)
        found = changes(walls(zone, moment, moment + 6 * HOUR))
        yield window(zone, (found or [moment])[0])


def wall_to_real(wall, minutes):
    """The first minute at which the wall clock shows a time or has jumped over it."""
    latest = datetime.min
    for now, shown in minutes:
        if latest < wall <= shown:
            return now
        latest = max(latest, shown)
    raise ValueError(wall)


def years():
    begin, end = datetime(2027, 1, 1), datetime(2028, 1, 1)
    clocks = {z: walls(z, begin - 48 * HOUR, end) for z in YEAR_ZONES}
    for schedule in SCHEDULES:
        line = schedule.get("cron")
        times = named(line, begin - 96 * HOUR, end + 48 * HOUR) if line else []
        for zone in YEAR_ZONES:
            minutes = clocks[zone]
            bound = {
                key: wall_to_real(datetime.fromisoformat(schedule[key]), minutes)
                for key in ("start", "end")
                if key in schedule
            }
            if line:
                found = fires(line, times, minutes)
            else:
                step = EVERY[schedule["every"]] // MINUTE
                origin = bound.get("start", datetime(1970, 1, 1))
                found = [n for n, _ in minutes if (n - origin) // MINUTE % step == 0]
            found = [
                f
                for f in found
                if begin < f <= end and bound.get("start", f) <= f and f != bound.get("end") and f <= bound.get("end", f)
            ]
            yield {
                "schedule": schedule,
                "zone": zone,
                "first": text(found[0]) if found else None,
                "last": text(found[-1]) if found else None,
                **summary(found, changes(minutes), 4),
            }


def rows(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        out.write(f'{{"windows":{rows(windows())},\n"years":{rows(years())}}}\n')
