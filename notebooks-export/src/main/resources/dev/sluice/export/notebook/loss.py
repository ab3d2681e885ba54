losses = sorted((m for m in rows(ARTIFACTS["reward"], "metrics") if m["name"] == "loss"), key=lambda m: m["step"])
chart(
    "Training loss of the reward model",
    "step",
    "loss",
    [("loss", "#4477aa", points(losses, "step"))],
)
