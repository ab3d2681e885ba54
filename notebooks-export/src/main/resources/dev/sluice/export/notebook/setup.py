

def manifest(artifact):
    return json.loads((WORKSPACE / artifact / "manifest.json").read_text(encoding="utf-8"))


def rows(artifact, table, columns=None):
    """The rows of a table, as the artifact's manifest lists its files."""
    found = []
    for shard in manifest(artifact)["shards"]:
        if shard["table"] == table:
            found += pq.ParquetFile(WORKSPACE / shard["path"]).read(columns=columns).to_pylist()
    return found


def final(artifact):
    """The metrics with their final values, by name."""
    return {m["name"]: m for m in rows(artifact, "metrics") if m["round"] == 0 and m["step"] == 0}


def interval(metric):
    if metric is None:
        return "–"
    value = f"{metric['value']:.3f}"
    if metric["low"] is None or metric["high"] is None:
        return value
    return f"{value} [{metric['low']:.3f}, {metric['high']:.3f}]"


def points(metrics, key):
    """Points of a chart: (x, y, low, high), with low = high = y where there is no interval."""
    return [
        (m[key], m["value"], m["value"] if m["low"] is None else m["low"], m["value"] if m["high"] is None else m["high"])
        for m in metrics
        if math.isfinite(m["value"])
    ]


def mean(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values) if values else 0.0


def table(head, body, left=1):
    """Shows a table; the first columns, as many as left, are flush left."""

    def line(tag, cells, style):
        sides = ["left" if i < left else "right" for i in range(len(cells))]
        return "<tr>" + "".join(
            f'<{tag} style="text-align:{side};padding:3px 12px;{style}">{html.escape(cell, quote=False)}</{tag}>'
            for side, cell in zip(sides, cells)
        ) + "</tr>"

    lines = ['<table style="border-collapse:collapse">']
    lines.append(line("th", head, "border-bottom:2px solid #888"))
    lines += [line("td", cells, "border-bottom:1px solid #ddd") for cells in body]
    display(HTML("\n".join(lines + ["</table>"])))


def picture(lines, numbers):
    display({"image/svg+xml": "\n".join(lines), "text/plain": "\n".join(numbers)}, raw=True)


def frame(title, x_name, y_name):
    return [
        '<svg xmlns="http://www.w3.org/2000/svg" width="680" height="290" viewBox="0 0 680 290" font-family="sans-serif" font-size="12">',
        '<rect width="680" height="290" fill="white"/>',
        f'<text x="60" y="22" font-size="14" font-weight="bold">{html.escape(title, quote=False)}</text>',
        f'<text x="280" y="282" text-anchor="middle">{html.escape(x_name, quote=False)}</text>',
        f'<text transform="rotate(-90)" x="-140" y="14" text-anchor="middle">{html.escape(y_name, quote=False)}</text>',
    ]


STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
STEPS += [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0]


def chart(title, x_name, y_name, series, low=None, high=None):
    """Draws lines with bands: series is a list of (name, colour, [(x, y, low, high), ...])."""
    every = [p for _, _, line in series for p in line]
    if low is None or high is None:
        low, high = min(p[2] for p in every), max(p[3] for p in every)
        if low == high:
            low, high = low - 0.5, high + 0.5
    up = next((step for step in STEPS if step * 6 >= high - low), high - low)
    low, high = math.floor(low / up) * up, math.ceil(high / up) * up
    first, last = min(p[0] for p in every), max(p[0] for p in every)
    last = max(last, first + 1)

    def at_x(x):
        return f"{60 + (x - first) / (last - first) * 440:.1f}"

    def at_y(y, down=0):
        return f"{240 - (y - low) / (high - low) * 200 + down:.1f}"

    lines, numbers = frame(title, x_name, y_name), [title]
    for i in range(math.floor((high - low) / up + 1.5)):
        y = low + up * i
        lines.append(f'<line x1="60" y1="{at_y(y)}" x2="500" y2="{at_y(y)}" stroke="#ddd"/>')
        lines.append(f'<text x="54" y="{at_y(y, 4)}" text-anchor="end">{y:.{2 if up >= 0.01 else 3}f}</text>')
    along = next((int(step) for step in STEPS if step >= 1 and step * 8 >= last - first), last - first)
    for x in range(-(-first // along) * along, last + 1, along):
        lines.append(f'<text x="{at_x(x)}" y="260" text-anchor="middle">{x}</text>')
    for i, (name, colour, line) in enumerate(series):
        if any(p[2] < p[3] for p in line):
            edge = [f"{at_x(p[0])},{at_y(p[3])}" for p in line]
            edge += [f"{at_x(p[0])},{at_y(p[2])}" for p in reversed(line)]
            lines.append(f'<polygon points="{" ".join(edge)}" fill="{colour}" fill-opacity="0.15"/>')
        path = " ".join(f"{at_x(p[0])},{at_y(p[1])}" for p in line)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if len(line) <= 60:
            lines += [f'<circle cx="{at_x(p[0])}" cy="{at_y(p[1])}" r="3" fill="{colour}"/>' for p in line]
        lines.append(f'<rect x="516" y="{44 + 20 * i}" width="12" height="12" fill="{colour}"/>')
        lines.append(f'<text x="534" y="{54 + 20 * i}">{html.escape(name, quote=False)}</text>')
        numbers += [f"{name}, {x_name} {p[0]}: {p[1]:.3f} [{p[2]:.3f}, {p[3]:.3f}]" for p in line]
    picture(lines + ["</svg>"], numbers)


def bars(title, x_name, y_name, counts):
    """Draws bars: counts is a list of (label, count)."""
    most = max(1, max(count for _, count in counts))
    width = 440 / len(counts)
    lines, numbers = frame(title, x_name, y_name), [title]
    for i, (label, count) in enumerate(counts):
        x, height = 60 + i * width, count / most * 190
        lines.append(f'<rect x="{x + 3:.1f}" y="{240 - height:.1f}" width="{width - 6:.1f}" height="{height:.1f}" fill="#4477aa"/>')
        lines.append(f'<text x="{x + width / 2:.1f}" y="{236 - height:.1f}" text-anchor="middle">{count:,}</text>')
        lines.append(f'<text x="{x + width / 2:.1f}" y="256" text-anchor="middle">{html.escape(label, quote=False)}</text>')
        numbers.append(f"{label}: {count:,}")
    picture(lines + ["</svg>"], numbers)


def steps(heading, lines):
    """One solution: lines is a list of (text, verdict or None, note)."""
    looks = {True: ("#dff2df", "✓"), False: ("#fbdcd8", "✗"), None: ("#eeeeee", "·")}
    out = ['<div style="margin:6px 0 14px 0;max-width:760px">']
    out.append(f'<div style="font-weight:bold">{html.escape(heading, quote=False)}</div>')
    for text, verdict, note in lines:
        colour, mark = looks[verdict]
        out.append(
            f'<div style="background-color:{colour};color:#111;padding:1px 8px;font-family:monospace;white-space:pre-wrap">'
            f'{mark} {html.escape(text, quote=False)}<span style="color:#666">{html.escape(note, quote=False)}</span></div>'
        )
    return "\n".join(out + ["</div>"])


def question(problem):
    return next((m["content"] for m in reversed(problem["messages"]) if m["role"] == "user"), "")
