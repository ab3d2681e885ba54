package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.ReferenceAnswers;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.sandbox.Sandbox;
import dev.sluice.methods.sandbox.SandboxEnd;
import dev.sluice.methods.sandbox.SandboxLimits;
import dev.sluice.methods.sandbox.SandboxResult;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program that passes tests. */
@Kind(
    value = "code_tests",
    doc =
        "Runs the program of a response (its last fenced block) on the problem's tests, each in a sandbox of its own: no network, an empty folder, limits of time, memory, files and processes. A machine without such a sandbox refuses the run. `gate` does not apply. The run is not reference-free.")
@Method(
    name = "Unit tests",
    paper = "APPS, arXiv 2105.09938; CodeRL, arXiv 2207.01780",
    formula = "r = passed / tests; score all: 1 if passed = tests, else 0",
    papers = {"2105.09938", "2207.01780"},
    departs =
        "CodeRL gives -1, -0.6, -0.3 and 1 for a program that does not compile, fails, fails a test and passes all. Here a program that fails in any way does not pass the test.")
public record CodeTestsReward(
    @Key(
            value =
                "Command that runs a program. Tests in code, which run after the program, need some `python`; tests by input and output any interpreter.",
            byDefault = "python3")
        String interpreter,
    @Key(
            "Attribute of a problem that holds its tests: a JSON list of statements, a JSON list of {\"input\": ..., \"output\": ...}, or code. Default: the reference answer holds them.")
        @Nullable String tests,
    @Key(
            value = "`fraction` of tests passed, or 1 for `all` of them and else 0.",
            byDefault = "fraction")
        Passing score,
    @Key(value = "Limits of each run.", byDefault = "{}") SandboxLimits limits)
    implements TextReward {
  private static final String PROGRAM = "program.py";
  private static final String SHORTER =
      "'wall_s' (%d) must be at least 'cpu_s' (%d), or how busy the machine is decides which programs are ended; raise 'wall_s' or lower 'cpu_s'";

  /** What passing means. */
  public enum Passing {
    FRACTION,
    ALL
  }

  @Override
  public boolean ownForm() {
    return true;
  }

  @Override
  public Set<Need> needs() {
    return tests == null ? Set.of(Need.REFERENCE) : Set.of(Need.GRADER);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    if (interpreter.isBlank()) {
      return List.of(
          new ConfigMistake(key + ".interpreter", "names no program; write 'python3' or a path"));
    }
    if (limits.wallS() < limits.cpuS()) {
      return List.of(
          new ConfigMistake(
              key + ".limits.wall_s", SHORTER.formatted(limits.wallS(), limits.cpuS())));
    }
    return limits.diskMb() >= limits.fileMb()
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".limits.disk_mb",
                "a file of %d MiB has no place in a folder of %d MiB; set 'disk_mb' to at least 'file_mb'"
                    .formatted(limits.fileMb(), limits.diskMb())));
  }

  @Override
  public TextScore judge(Problem problem, String text) {
    List<CodeTest> all = tests(problem);
    String program = Answers.content(text);
    Sandbox sandbox = Sandbox.open(interpreter, limits);
    int passed = 0;
    String failure = "";
    List<String> ended = new ArrayList<>();
    for (int i = 0; i < all.size() && (score == Passing.FRACTION || passed == i); i++) {
      String mark = Hashes.hex(problem.problemId(), text, i).substring(0, 32);
      SandboxResult result = run(sandbox, program, all.get(i), mark);
      if (result.end() != SandboxEnd.DONE) {
        ended.add(result.end().name().toLowerCase(Locale.ROOT));
      }
      if (passes(all.get(i), result, mark)) {
        passed++;
      } else if (failure.isEmpty()) {
        failure = " On test %d the program %s.".formatted(i + 1, says(result));
      }
    }
    boolean whole = passed == all.size();
    double reward = score == Passing.FRACTION ? (double) passed / all.size() : whole ? 1 : 0;
    return new TextScore(
        Score.of(reward, whole ? 1 : 0),
        "The program passes %d of %d tests.%s".formatted(passed, all.size(), failure),
        ended);
  }

  private static String says(SandboxResult result) {
    return result.end() == SandboxEnd.DONE ? "has another result" : result.words();
  }

  private List<CodeTest> tests(Problem problem) {
    String text =
        tests == null
            ? ReferenceAnswers.of(name(), problem)
            : problem.attributes().getOrDefault(tests, "");
    List<CodeTest> all =
        CodeTest.read(text)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The reward '%s' found no tests of problem %s in %s. Write a JSON list of statements such as [\"assert f(1) == 2\"], or of {\"input\": \"1\", \"output\": \"2\"}."
                            .formatted(
                                name(),
                                problem.problemId(),
                                tests == null
                                    ? "its reference answer"
                                    : "its attribute '%s'".formatted(tests))));
    String command = String.valueOf(Path.of(interpreter).getFileName());
    if (!command.startsWith("python") && all.stream().anyMatch(test -> test.code() != null)) {
      throw new IllegalStateException(
          "Problem %s has tests in code, which are Python, but 'interpreter' is '%s'. Use a Python, or tests by input and output."
              .formatted(problem.problemId(), interpreter));
    }
    return all;
  }

  private static SandboxResult run(Sandbox sandbox, String program, CodeTest test, String mark) {
    String code = test.code();
    // A program that exits with 0 before its tests does not print the mark. One that reads its own
    // file can: the mark is no secret from it.
    String whole =
        code == null
            ? program
            : program + "\n\n" + code + "\n__import__('os').write(1, b'\\n" + mark + "\\n')\n";
    return sandbox.run(PROGRAM, whole, test.input());
  }

  private static boolean passes(CodeTest test, SandboxResult result, String mark) {
    if (result.end() != SandboxEnd.DONE) {
      return false;
    }
    return test.code() == null
        ? CodeTest.sameOutput(result.output(), test.output())
        : result.output().lines().anyMatch(mark::equals);
  }
}
