dev = sorted((m for m in rows(ARTIFACTS["evaluation"], "metrics") if m["step"] == 1), key=lambda m: m["round"])
accuracy = points([m for m in dev if m["name"] == "dev/accuracy"], "round")
reward = points([m for m in dev if m["name"] == "dev/reward"], "round")
chart(
    "On dev: what the reward says, and what is right",
    "round",
    "share of solutions",
    [("accuracy", "#228833", accuracy), ("reward", "#aa3377", reward)],
    min([0.0] + [p[1] for p in reward]),
    max([1.0] + [p[1] for p in reward]),
)
