texts = {problem["problem_id"]: question(problem) for problem in rows(ARTIFACTS["problems"], "problems", ["problem_id", "messages"])}
chosen = {}
for label in labelled:
    if label["step_labels"]:
        chosen.setdefault(label["problem_id"], {}).setdefault(bool(label["outcome"]), label)
several = [problem for problem, found in chosen.items() if len(found) == 2] or list(chosen)
out = []
for problem in several[:3]:
    for outcome in (True, False):
        label = chosen[problem].get(outcome)
        if label:
            called = "called correct" if outcome else "called incorrect"
            lines = [
                (text, verdict, f"  {100 * share:.0f} % agree")
                for text, verdict, share in zip(label["steps"], label["step_labels"], label["agreement"])
            ]
            out.append(steps(f"{texts[problem]} ({called}, {label['votes']} votes)", lines))
display(HTML("\n".join(out)))
