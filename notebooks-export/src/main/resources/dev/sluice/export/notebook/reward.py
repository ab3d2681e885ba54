rounds = sorted((m for m in rows(ARTIFACTS["policy"], "metrics") if m["name"] == "reward/mean"), key=lambda m: m["round"])
chart(
    "Mean reward of the rollouts that train the policy",
    "round",
    "reward",
    [("reward", "#aa3377", points(rounds, "round"))],
)
