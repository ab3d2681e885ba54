texts = {problem["problem_id"]: question(problem) for problem in rows(ARTIFACTS["dev"], "problems", ["problem_id", "messages"])}
looks = rows(ARTIFACTS["policy"], "dev_rollouts", ["round", "problem_id", "group_index", "completion", "step_verdicts", "reward"])
first, last = min(r["round"] for r in looks), max(r["round"] for r in looks)
out = []
for problem in list(texts)[:4]:
    for when in sorted({first, last}):
        for rollout in looks:
            if (rollout["problem_id"], rollout["round"], rollout["group_index"]) == (problem, when, 0):
                lines = rollout["completion"].split("\n")
                verdicts = rollout["step_verdicts"]
                if len(verdicts) != len(lines):
                    verdicts = [None] * len(lines)
                heading = f"{texts[problem]} (round {when}, reward {rollout['reward']:.2f})"
                out.append(steps(heading, [(text, verdict, "") for text, verdict in zip(lines, verdicts)]))
display(HTML("\n".join(out)))
