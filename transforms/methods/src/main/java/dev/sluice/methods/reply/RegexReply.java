package dev.sluice.methods.reply;

import com.google.re2j.Matcher;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the named groups of a regular expression find. */
@Kind(
    value = "regex",
    doc =
        "A regular expression with named groups. `verdict` and `step` (from 1) give the verdict on a step. `outcome`, or `verdict` alone, gives the verdict on the solution. `first_error` gives the index of the first wrong step (from 0; -1 if all steps are correct). Other groups are kept as fields.")
@Method(
    name = "Regular expression",
    formula = "verdict k = group 'verdict' of the last match whose group 'step' is k")
@CanRead({Reads.STEPS, Reads.OUTCOME, Reads.FIELDS})
public record RegexReply(
    @Key(
            "Regular expression in RE2 syntax. Named groups are written `(?<name>...)`; `^` and `$` match at line boundaries.")
        String pattern,
    @Key(value = "Words that mean yes, in lower case.", byDefault = YesNo.YES, min = 1)
        List<String> yes,
    @Key(value = "Words that mean no, in lower case.", byDefault = YesNo.NO, min = 1)
        List<String> no)
    implements ReplyParser {
  private static final String VERDICT = "verdict";
  private static final String STEP = "step";
  private static final String OUTCOME = "outcome";
  private static final String FIRST_ERROR = "first_error";
  private static final int MAX_DIGITS = 6;

  public RegexReply {
    yes = List.copyOf(yes);
    no = List.copyOf(no);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  private String objection() {
    Set<String> names;
    try {
      names = NamedGroups.of(pattern).names();
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    if (names.isEmpty()) {
      return "the pattern has no named group; name what is to be read, such as (?<verdict>yes|no)";
    }
    if (names.contains(STEP) && !names.contains(VERDICT)) {
      return "the pattern has the group 'step' but no group 'verdict', which says what the step is; add (?<verdict>...)";
    }
    return new YesNo(yes, no).objection();
  }

  /** The groups; none of a pattern that cannot be read, of which the check says why. */
  private Set<String> named() {
    try {
      return NamedGroups.of(pattern).names();
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  @Override
  public Set<Reads> reads() {
    Set<String> names = named();
    Set<Reads> reads = EnumSet.noneOf(Reads.class);
    if (names.contains(STEP) || names.contains(FIRST_ERROR)) {
      reads.add(Reads.STEPS);
    }
    if (names.contains(OUTCOME) || (names.contains(VERDICT) && !names.contains(STEP))) {
      reads.add(Reads.OUTCOME);
    }
    reads.add(Reads.FIELDS);
    return reads;
  }

  @Override
  public boolean namesFirstError() {
    return named().contains(FIRST_ERROR);
  }

  @Override
  public Reading read(CharSequence reply, int steps) {
    try {
      return search(new BoundedText(reply), steps);
    } catch (BoundedText.SpentException e) {
      return Reading.NOTHING;
    }
  }

  private Reading search(CharSequence reply, int steps) {
    NamedGroups groups = NamedGroups.of(pattern);
    Set<String> names = groups.names();
    Matcher matcher = groups.pattern().matcher(reply);
    Map<String, String> last = new LinkedHashMap<>();
    List<Boolean> verdicts = new ArrayList<>();
    boolean gap = false;
    int from = 0;
    while (from <= reply.length() && matcher.find(from)) {
      Map<String, String> found = new LinkedHashMap<>();
      for (String name : names) {
        String group = matcher.group(name);
        if (group != null) {
          found.put(name, group);
        }
      }
      last.putAll(found);
      gap |= found.containsKey(STEP) && !say(found, verdicts);
      from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
    }
    return reading(last, gap ? List.of() : verdicts, steps);
  }

  private Reading reading(Map<String, String> last, List<Boolean> verdicts, int steps) {
    YesNo words = new YesNo(yes, no);
    Optional<List<Boolean>> onSteps =
        last.containsKey(FIRST_ERROR)
            ? Boxes.fromIndex(last.get(FIRST_ERROR), steps, 0, -1)
            : Optional.of(verdicts).filter(all -> !all.isEmpty() && all.size() == steps);
    String whole = last.get(last.containsKey(STEP) ? OUTCOME : VERDICT);
    Optional<Boolean> outcome =
        Optional.ofNullable(last.getOrDefault(OUTCOME, whole))
            .flatMap(text -> words.of(text.strip()));
    Map<String, String> fields = new LinkedHashMap<>(last);
    fields.keySet().removeAll(Set.of(VERDICT, STEP, OUTCOME, FIRST_ERROR));
    return Reading.steps(onSteps, verdicts).withOutcome(outcome).withFields(fields);
  }

  /** Adds the verdict on a step; false if the text is no verdict, or a step before it has none. */
  private boolean say(Map<String, String> found, List<Boolean> verdicts) {
    String number = String.valueOf(found.get(STEP));
    Optional<Boolean> verdict =
        Optional.ofNullable(found.get(VERDICT))
            .flatMap(text -> new YesNo(yes, no).of(text.strip()));
    if (verdict.isEmpty()) {
      return true; // It says nothing of a step.
    }
    if (number.isEmpty()
        || number.length() > MAX_DIGITS
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int step = Integer.parseInt(number);
    if (step < 1 || step > verdicts.size() + 1) {
      return false;
    }
    if (step == verdicts.size() + 1) {
      verdicts.add(verdict.get());
    } else {
      verdicts.set(step - 1, verdict.get());
    }
    return true;
  }
}
