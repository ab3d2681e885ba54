package dev.sluice.stages.training;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.dataset.DatasetContent;
import dev.sluice.stages.dataset.DatasetExample;
import dev.sluice.stages.dataset.DatasetPair;
import dev.sluice.stages.dataset.DatasetProblem;
import dev.sluice.stages.dataset.DatasetRow;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.DatasetSolution;
import dev.sluice.stages.synthesis.DatasetFile;
import dev.sluice.stages.synthesis.DatasetReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examples of a dataset's file. A row of prompt and completion as texts is learnt as it is written;
 * of any other row the solutions are learnt after the prompt that asks for them by default. What
 * the row calls wrong, and what it rejects, is left out.
 */
@Kind(
    value = "file",
    doc = "Examples of a dataset's file: prompts with completions, or problems with solutions.")
public record FileExamples(
    @Key(value = "Path of the file. Its extension selects the format.", refersTo = Key.FILE)
        String path,
    @Key("Dataset whose rows the file has.") DatasetShape dataset,
    @Key(value = "Maximum number of rows to read. Default: all.", min = 1) @Nullable Integer limit,
    @Key(
            value =
                "Format of the problems, which decides the prompt where a row has no prompt of text.",
            byDefault = "text",
            choices = {"text", "arithmetic"})
        String format,
    @Key(
            value =
                "States that people and reference answers had no part in choosing the solutions. Otherwise the run is not reference-free.",
            byDefault = "false")
        boolean referenceFree)
    implements ExampleSource {
  private static final String DOING = "Reading examples";

  /** The file, whose choice of solutions is used. */
  DatasetFile file() {
    return new DatasetFile(path, dataset, referenceFree);
  }

  /** What is wrong with the keys together. */
  List<ConfigMistake> mistakes(String at) {
    return file().mistakes(at, DatasetContent.SOLUTIONS);
  }

  Look look(String at) {
    return file().look(at);
  }

  /**
   * The examples of a file.
   *
   * @param leftOut number of solutions that their rows call wrong or reject
   * @param letters one for each row that cannot be read
   */
  record Read(List<Example> examples, long leftOut, List<DeadLetter> letters) {}

  /** Reads the file from its first row. */
  Read read() {
    List<Example> examples = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    long[] leftOut = new long[1];
    DatasetReader.forEach(
        path,
        limit == null ? Integer.MAX_VALUE : limit,
        row -> {
          try {
            String problemId = row.read(dataset::problem).problemId();
            List<Optional<DatasetExample>> read = row.read(this::learnt);
            for (Optional<DatasetExample> each : read) {
              leftOut[0] += each.isEmpty() ? 1 : 0;
              each.ifPresent(
                  example ->
                      examples.add(
                          new Example(
                              Hashes.childId(problemId, FineTune.NAME, examples.size()),
                              example.prompt(),
                              example.completion(),
                              1,
                              List.of(),
                              List.of(problemId))));
            }
          } catch (DatasetRowException e) {
            letters.add(row.letter(DOING, e, FineTune.NAME, row.id()));
          }
        });
    return new Read(examples, leftOut[0], letters);
  }

  /** The texts of a row; empty where one is left out. */
  private List<Optional<DatasetExample>> learnt(DatasetRow row) {
    Optional<DatasetExample> written = dataset.example(row);
    if (written.isPresent()) {
      return List.of(written);
    }
    Set<Integer> rejected = new HashSet<>();
    for (DatasetPair pair : dataset.pairs(row)) {
      rejected.add(pair.rejected());
    }
    String prompt = prompt(dataset.problem(row));
    List<Optional<DatasetExample>> learnt = new ArrayList<>();
    List<DatasetSolution> solutions = dataset.solutions(row);
    for (int i = 0; i < solutions.size(); i++) {
      learnt.add(
          solutions.get(i).calledWrong() || rejected.contains(i)
              ? Optional.empty()
              : Optional.of(new DatasetExample(prompt, solutions.get(i).text())));
    }
    return learnt;
  }

  private String prompt(DatasetProblem asked) {
    List<Message> messages = asked.messages();
    if (messages.size() != 1 || !messages.get(0).role().equals("user")) {
      throw DatasetRowException.invalid(
          "asks in %d turns, the first of '%s'; a prompt of text has room for one turn of the user"
              .formatted(messages.size(), messages.get(0).role()));
    }
    Problem problem =
        new Problem(
            asked.problemId(),
            messages,
            null,
            dataset.name(),
            null,
            Map.of(TaskFormat.ATTRIBUTE, format));
    return TaskFormat.of(problem).solvePrompt(problem);
  }
}
