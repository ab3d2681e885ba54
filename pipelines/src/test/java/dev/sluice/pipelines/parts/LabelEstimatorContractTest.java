package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.Tie;
import dev.sluice.methods.verification.Vote;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.PartText;
import dev.sluice.records.StepLabel;
import dev.sluice.records.schema.SnakeCase;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every label estimator promises, on its golden file and on drawn ballots. */
class LabelEstimatorContractTest {

  static Stream<String> kinds() {
    return Registry.get().parts(LabelEstimator.class).keySet().stream();
  }

  private static Golden golden(String kind) {
    return Golden.of(LabelEstimator.class, kind);
  }

  private static LabelEstimator estimator(String kind) {
    return golden(kind).part(LabelEstimator.class);
  }

  /** Votes in letters; {@code @1} names an index, {@code /y} an outcome, {@code -} abstains. */
  private static Ballot ballot(JsonNode each, int number) {
    int steps = each.path("steps").asInt();
    List<Vote> votes = new ArrayList<>();
    JsonNode all = each.path("votes");
    for (int i = 0; i < all.size(); i++) {
      String text = all.get(i).asText();
      if (!text.equals("-")) {
        votes.add(vote(text, i, steps));
      }
    }
    Map<Integer, Boolean> rubric = new HashMap<>();
    each.path("rubric")
        .properties()
        .forEach(line -> rubric.put(Integer.valueOf(line.getKey()), line.getValue().asBoolean()));
    return new Ballot("s" + number, "p", steps(steps), all.size(), votes, rubric);
  }

  private static List<String> steps(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }

  private static Vote vote(String text, int index, int steps) {
    boolean names = text.startsWith("@");
    int slash = text.indexOf('/');
    String letters = slash < 0 ? text : text.substring(0, slash);
    List<Boolean> verdicts =
        names
            ? FirstErrorVotes.labels(Integer.parseInt(text.substring(1)), steps)
            : Golden.verdicts(letters);
    Boolean outcome = slash < 0 ? null : Boolean.valueOf(text.endsWith("y"));
    return new Vote(index, "v" + index, verdicts, outcome, "text " + text, names);
  }

  private static List<Ballot> ballots(String kind) {
    List<Ballot> ballots = new ArrayList<>();
    golden(kind).json().path("ballots").forEach(each -> ballots.add(ballot(each, ballots.size())));
    return ballots;
  }

  /** Ballots of up to 6 votes on up to 4 steps. */
  private static List<Ballot> drawn() {
    Random random = new Random(7);
    List<Ballot> ballots = new ArrayList<>();
    for (int b = 0; b < 200; b++) {
      int steps = 1 + random.nextInt(4);
      int asked = 1 + random.nextInt(6);
      List<Vote> votes = new ArrayList<>();
      boolean names = random.nextInt(4) == 0;
      for (int i = 0; i < asked; i++) {
        if (random.nextInt(6) > 0) {
          String text =
              names
                  ? "@" + (random.nextInt(steps + 1) - 1)
                  : IntStream.range(0, steps)
                          .mapToObj(s -> random.nextInt(3) > 0 ? "y" : "n")
                          .reduce("", String::concat)
                      + (random.nextBoolean() ? "" : random.nextBoolean() ? "/y" : "/n");
          votes.add(vote(text, i, steps));
        }
      }
      Map<Integer, Boolean> rubric =
          random.nextBoolean() ? Map.of() : Map.of(random.nextInt(steps), random.nextBoolean());
      ballots.add(new Ballot("d" + b, "p", steps(steps), asked, votes, rubric));
    }
    return ballots;
  }

  private static List<Ballot> all(String kind) {
    List<Ballot> all = new ArrayList<>(ballots(kind));
    all.addAll(drawn());
    return all;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void golden_isMet(String kind) {
    LabelEstimator estimator = estimator(kind);
    assertThat(estimator.name()).isEqualTo(kind);
    assertThat(golden(kind).source()).isNotBlank();
    JsonNode cases = golden(kind).json().path("ballots");
    List<Ballot> ballots = ballots(kind);
    assertThat(ballots).hasSizeGreaterThan(1);
    for (int i = 0; i < ballots.size(); i++) {
      StepLabel label = estimator.estimate(ballots.get(i));
      JsonNode expected = cases.get(i).path("expected");
      assertThat(label.status()).as("ballot %d", i).isEqualTo(expected.path("status").asText());
      assertThat(label.stepLabels())
          .as("ballot %d", i)
          .isEqualTo(Golden.verdicts(expected.path("labels").asText()));
      close(label.stepScores(), Golden.numbers(expected.path("scores")), "scores of ballot " + i);
      close(label.agreement(), Golden.numbers(expected.path("agreement")), "agreement " + i);
      assertThat(label.firstError()).isEqualTo(expected.path("first_error").asInt());
      assertThat(label.outcome())
          .isEqualTo(
              expected.path("outcome").isNull() ? null : expected.path("outcome").asBoolean());
      assertThat(label.selectedVerification())
          .isEqualTo(expected.path("target").isNull() ? null : expected.path("target").asText());
      assertThat(label.estimator()).isEqualTo(kind);
    }
  }

  private static void close(List<Double> found, List<Double> expected, String what) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).as(what).isCloseTo(expected.get(i), within(5.1e-7));
    }
  }

  /** Ties go by the votes' indices, never by their places. */
  @ParameterizedTest
  @MethodSource("kinds")
  void votesInAnotherOrder_giveTheSameLabel(String kind) {
    LabelEstimator estimator = estimator(kind);
    Random random = new Random(3);
    for (Ballot ballot : all(kind)) {
      List<Vote> votes = new ArrayList<>(ballot.votes());
      Collections.shuffle(votes, random);
      assertThat(estimator.estimate(with(ballot, votes))).isEqualTo(estimator.estimate(ballot));
      Collections.reverse(votes);
      assertThat(estimator.estimate(with(ballot, votes))).isEqualTo(estimator.estimate(ballot));
    }
  }

  private static Ballot with(Ballot ballot, List<Vote> votes) {
    return new Ballot(
        ballot.solutionId(),
        ballot.problemId(),
        ballot.steps(),
        ballot.asked(),
        votes,
        ballot.rubric());
  }

  /** A stage is cut into units in any way: what came before makes no difference. */
  @ParameterizedTest
  @MethodSource("kinds")
  void ballotAmongOthers_hasTheLabelThatItHasAlone(String kind) {
    LabelEstimator together = estimator(kind);
    Map<String, StepLabel> labels = new HashMap<>();
    for (Ballot ballot : all(kind)) {
      labels.put(ballot.solutionId(), together.estimate(ballot));
    }
    List<Ballot> turned = all(kind);
    Collections.reverse(turned);
    for (Ballot ballot : turned) {
      assertThat(estimator(kind).estimate(ballot)).isEqualTo(labels.get(ballot.solutionId()));
    }
  }

  /** A label is a row of its table: as many of each as there are steps, shares from 0 to 1. */
  @ParameterizedTest
  @MethodSource("kinds")
  void label_isARowOfItsTable(String kind) {
    for (Ballot ballot : all(kind)) {
      StepLabel label = estimator(kind).estimate(ballot);
      int steps = ballot.steps().size();
      assertThat(label.solutionId()).isEqualTo(ballot.solutionId());
      assertThat(label.steps()).isEqualTo(ballot.steps());
      assertThat(label.stepLabels().size()).isIn(0, steps);
      assertThat(label.stepScores().size()).isIn(0, steps);
      assertThat(label.stepScores()).allMatch(share -> share >= 0 && share <= 1);
      assertThat(label.agreement()).allMatch(share -> share >= 0 && share <= 1);
      assertThat(label.firstError()).isEqualTo(label.stepLabels().indexOf(false));
      if (label.selectedVerification() != null) {
        assertThat(ballot.votes())
            .extracting(Vote::id)
            .contains(Objects.requireNonNull(label.selectedVerification()));
      }
    }
  }

  /** What the part says that it gives is in every row that it calls labelled. */
  @ParameterizedTest
  @MethodSource("kinds")
  void gives_isInEveryLabel(String kind) {
    LabelEstimator estimator = estimator(kind);
    int labelled = 0;
    for (Ballot ballot : all(kind)) {
      StepLabel label = estimator.estimate(ballot);
      if (label.status().equals("labelled")) {
        labelled++;
        for (Gives gives : estimator.gives()) {
          boolean there =
              switch (gives) {
                case STEP_SIGNS -> label.stepLabels().size() == ballot.steps().size();
                case STEP_SCORES -> label.stepScores().size() == ballot.steps().size();
                case OUTCOME -> label.outcome() != null;
                case VERIFICATION -> label.selectedVerification() != null;
                case REWARD -> false;
              };
          assertThat(there).as("%s of %s", gives, label).isTrue();
        }
      }
    }
    assertThat(labelled).isPositive();
  }

  /** Texts are not even read for an estimator that does not ask for them. */
  @ParameterizedTest
  @MethodSource("kinds")
  void textsThatAreNotAskedFor_makeNoDifference(String kind) {
    LabelEstimator estimator = estimator(kind);
    Assumptions.assumeFalse(estimator.readsTexts());
    for (Ballot ballot : all(kind)) {
      List<Vote> mute =
          ballot.votes().stream()
              .map(
                  vote ->
                      new Vote(
                          vote.index(),
                          vote.id(),
                          vote.verdicts(),
                          vote.outcome(),
                          "",
                          vote.namesIndex()))
              .toList();
      assertThat(estimator.estimate(with(ballot, mute))).isEqualTo(estimator.estimate(ballot));
    }
  }

  static Stream<String> kindsWithTies() {
    return kinds()
        .filter(
            kind ->
                Stream.of(
                        Objects.requireNonNull(Registry.get().parts(LabelEstimator.class).get(kind))
                            .getRecordComponents())
                    .anyMatch(each -> each.getType() == Tie.class));
  }

  /** One vote for, one against: the words of the key {@code tie} say what becomes of it. */
  @ParameterizedTest
  @MethodSource("kindsWithTies")
  void tie_isResolvedAsItsWordSays(String kind) {
    Ballot tied =
        new Ballot(
            "s", "p", steps(2), 2, List.of(vote("yy/y", 4, 2), vote("yn/n", 9, 2)), Map.of());
    assertThat(withTie(kind, "drop").estimate(tied).status()).isEqualTo("tie");
    assertThat(withTie(kind, "incorrect").estimate(tied).outcome()).isFalse();
    assertThat(withTie(kind, "first").estimate(tied).outcome()).isTrue();
    assertThat(withTie(kind, "first").estimate(tied).selectedVerification()).isEqualTo("v4");
  }

  private static LabelEstimator withTie(String kind, String word) {
    return PartText.read(LabelEstimator.class, "{kind: %s, tie: %s}".formatted(kind, word));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void keyThatIsNoNumber_isRefused(String kind) {
    Class<? extends Record> type =
        Objects.requireNonNull(Registry.get().parts(LabelEstimator.class).get(kind));
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == double.class) {
        for (String value : List.of(".nan", ".inf", "-1")) {
          assertThatThrownBy(
                  () ->
                      PartText.read(
                          LabelEstimator.class,
                          "{kind: %s, %s: %s}"
                              .formatted(kind, SnakeCase.of(component.getName()), value)))
              .as("%s: %s", component.getName(), value)
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
  }
}
