labels = rows(ARTIFACTS["labels"], "step_labels", ["problem_id", "status", "steps", "step_labels", "agreement", "outcome", "votes"])
statuses = {}
for label in labels:
    statuses[label["status"]] = statuses.get(label["status"], 0) + 1
table(
    ["status", "solutions", "share"],
    [[status, f"{count:,}", f"{100 * count / len(labels):.1f} %"] for status, count in sorted(statuses.items())],
)
labelled = [label for label in labels if label["status"] == "labelled"]
right = sum(1 for label in labelled if label["outcome"] is True)
verdicts = [verdict for label in labelled for verdict in label["step_labels"]]
agreement = [share for label in labelled for share in label["agreement"]]
table(
    ["of the labelled solutions", "value"],
    [
        ["called correct", f"{right:,} of {len(labelled):,}"],
        ["steps called correct", f"{sum(verdicts):,} of {len(verdicts):,}"],
        ["mean agreement of the votes on a step", f"{mean(agreement):.3f}"],
        ["mean number of valid votes", f"{mean([label['votes'] for label in labelled]):.2f}"],
    ],
)
