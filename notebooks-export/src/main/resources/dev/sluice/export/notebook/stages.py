body = []
for name, kind, state, artifact in STAGES:
    if artifact is None:
        body.append([name, kind, state] + [""] * 7)
        continue
    made = manifest(artifact)
    counts, usage = made["counts"], made["usage"]
    body.append(
        [name, kind, state]
        + [f"{counts[key]:,}" for key in ("in", "out", "dead", "unparsed")]
        + [f"{usage['calls']:,}", f"{usage['prompt_tokens'] + usage['completion_tokens']:,}"]
        + [f"{made['seconds']:.1f}"]
    )
table(["stage", "type", "state", "rows in", "rows out", "dead", "unparsed", "calls", "tokens", "seconds"], body, left=3)
