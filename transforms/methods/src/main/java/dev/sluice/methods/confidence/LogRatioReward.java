package dev.sluice.methods.confidence;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.text.Steps;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenSpans;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepSpan;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How much likelier one model holds each step than another does. */
@Kind(
    value = "log_ratio",
    doc =
        "Log-probability of each step under one model minus that under another, both reading the rollout as it is; the reward is the sum over steps. Step scores are these differences.")
@Method(
    name = "Teacher-forced log-ratio",
    paper =
        "Free Process Rewards without Process Labels, arXiv 2412.01981; Teacher Forcing Recovers Reward Functions, arXiv 2210.08708",
    formula =
        "s_k = beta sum over tokens t of step k of (log p_model(y_t | x, y_<t) - log p_base(y_t | x, y_<t)), r = sum(s_k)",
    papers = {"2412.01981", "2210.08708"},
    departs =
        "Each model reads the text in its own tokens, without the end of text. 2210.08708 derives the reward from one teacher-forced model; here it is the ratio of two.")
public record LogRatioReward(
    @Key(
            value =
                "The model whose likely steps are rewarded, such as one tuned on good solutions.",
            refersTo = Key.MODEL,
            local = true)
        String model,
    @Key(
            value = "The model that is compared with, such as the one that tuning started from.",
            refersTo = Key.MODEL,
            local = true)
        String base,
    @Key(
            value =
                "Factor of the log-ratio. An implicit process reward model has the factor of its training (0.05 in Free Process Rewards).",
            byDefault = "1",
            min = 0,
            minExclusive = true)
        double beta)
    implements RewardTerm {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.REWARD, Gives.STEP_SCORES);
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public List<Score> score(List<Group> groups, RewardContext context) {
    List<Response> all = groups.stream().flatMap(group -> group.responses().stream()).toList();
    List<Response> asked = all.stream().filter(each -> isAsked(each, context)).toList();
    List<double[]> likely = asked.isEmpty() ? List.of() : steps(model, asked, context);
    List<double[]> against = asked.isEmpty() ? List.of() : steps(base, asked, context);
    List<Score> scores = new ArrayList<>();
    int next = 0;
    for (Response response : all) {
      if (isAsked(response, context)) {
        scores.add(score(likely.get(next), against.get(next)));
        next++;
      } else {
        scores.add(Score.of(0));
      }
    }
    return scores;
  }

  private static boolean isAsked(Response response, RewardContext context) {
    return context.asks(response) && !response.steps().isEmpty();
  }

  private Score score(double[] likely, double[] compared) {
    List<Double> steps = new ArrayList<>();
    double sum = 0;
    for (int k = 0; k < likely.length; k++) {
      double ratio = beta * (likely[k] - compared[k]);
      steps.add(ratio);
      sum += ratio;
    }
    return new Score(sum, sum > 0 ? 1 : 0, null, List.of(), steps, 0, null);
  }

  /** The log-probability (nats) of each step of each response under a model. */
  private static List<double[]> steps(
      String name, List<Response> responses, RewardContext context) {
    LanguageModel model = context.model(name);
    List<ScoreRequest> requests = new ArrayList<>();
    for (Response response : responses) {
      requests.add(
          new ScoreRequest(
              model.encodePrompt(context.prompt(response)), model.encode(response.text())));
    }
    List<float[]> logprobs = model.score(requests);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      Response response = responses.get(i);
      TokenSpans places = TokenSpans.of(model::decode, requests.get(i).completion());
      all.add(
          sums(
              logprobs.get(i), Steps.spans(places, response.format().stepStarts(response.text()))));
    }
    return all;
  }

  /** The sum of the numbers of each span. */
  static double[] sums(float[] tokens, List<StepSpan> spans) {
    double[] sums = new double[spans.size()];
    for (int k = 0; k < sums.length; k++) {
      for (int t = spans.get(k).begin(); t < spans.get(k).end(); t++) {
        sums[k] += tokens[t];
      }
    }
    return sums;
  }
}
