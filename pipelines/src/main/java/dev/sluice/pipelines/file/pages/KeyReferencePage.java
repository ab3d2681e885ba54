package dev.sluice.pipelines.file.pages;

import dev.sluice.methods.prompt.PromptText;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.file.Binder;
import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.file.ErrorHandling;
import dev.sluice.pipelines.file.FileBinder;
import dev.sluice.pipelines.file.FlatKeys;
import dev.sluice.pipelines.file.Placeholder;
import dev.sluice.pipelines.file.Rules;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.StageBinder;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.records.config.Key;
import dev.sluice.records.schema.FieldType;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reference of the pipeline file in Markdown, made from the config records. */
public final class KeyReferencePage {
  private final StringBuilder page = new StringBuilder();

  /**
   * The parts whose keys are being listed: a part that holds others of its port lists them once.
   */
  private final Set<Shape.Kinds> open = new HashSet<>();

  private KeyReferencePage() {}

  /** The page, with a line break at the end. */
  public static String markdown(Registry registry) {
    return new KeyReferencePage().page(registry);
  }

  private String page(Registry registry) {
    page.append(
        """
        # The pipeline file: every key

        Generated from the config records. Keys of nested blocks are written with a dot, items of lists
        with `[]`. A key without a default is required unless it is marked *optional*. Keys marked
        *tuning* change speed or resource use and never the rows. A block with the key `kind` accepts
        the keys listed below that kind; `word` alone is short for `{kind: word}`.

        `${NAME}` inserts an environment variable and `${param.NAME}` a parameter (`--param`). Values
        from the environment may be secret: Sluice prints and stores them as `${NAME}`. Names of the
        pipeline and of stages, `model` and `revision` of a server, metrics of alerts,
        `error_handling.output`, criteria of a template and everything under `schedule` are stored as
        they are and therefore cannot contain environment variables.

        Relative paths are resolved against the folder of the pipeline file, including those in defaults
        of parameters and under `schedule`. A path that begins with a value of `--param`, `--set` or the
        environment is resolved against the current folder. A run stores both folders, so `resume`,
        `rerun`, `retry-dead` and the daemon resolve paths in the same way from any folder. `validate`
        checks the files and model directories that a file names (existence, file extension, and the
        columns of the first rows), the API keys of model servers and, without `--offline`, their lists
        of models. `run` makes the same checks before its first stage.

        ## The file
        """);
    table(FileBinder.Head.class);
    page.append(
        """
        | `models` | a block of keys | `{}` | Models by name; stages refer to these names. See *Models*. |
        | `pipeline.type` | one of chain, composite | `composite` | Words of Beam YAML; with both the stages run in the order of the file. |
        | `pipeline.transforms` | a list of at least 1 entry | required | List of stages, each with `type`, `name` (default: the type), `input` (an earlier stage, or a block that names one stage per table; default: for each table the nearest earlier stage that writes it) and `config`. |
        | `schedule`, `budget`, `alerts` | | *optional* | See below. |
        """);
    page.append("\n## Models\n");
    for (Map.Entry<String, Class<? extends Record>> model :
        registry.parts(ModelProvider.class).entrySet()) {
      page.append("\n### `provider: ").append(model.getKey()).append("`\n\n");
      page.append(Binder.doc(model.getValue())).append('\n');
      table(model.getValue());
    }
    page.append("\n## Stages\n\nThe config of every stage may also hold `error_handling`:\n");
    table(ErrorHandling.class);
    StageTypes.of(registry).all().forEach(this::stage);
    page.append(
        """

        ## Prompt files

        `prompt: {file: PATH}` selects a prompt of your own, which is a YAML file with the keys below; see
        [prompts](../guides/prompts.md). Templates are Jinja. Depending on the stage they can use the variables
        `problem`, `solution`, `steps`, `siblings`, `rubric`, `attributes` and `reference` (the run is then not
        reference-free).
        """);
    table(PromptText.class);
    page.append("\n### `reply`\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
    inner(Shape.Kinds.of(ReplyParser.class, registry), "reply");
    section("schedule", Schedule.class);
    section("budget", Budget.class);
    section("alerts[]", Alert.class);
    return page.toString();
  }

  private void section(String title, Class<? extends Record> type) {
    page.append("\n## `").append(title).append("`\n");
    table(type);
  }

  private <C extends Record> void stage(StageType<C> type) {
    page.append("\n### ").append(type.name()).append("\n\n").append(type.doc()).append('\n');
    C config = Placeholder.record(type.configType());
    Wiring wiring = config == null ? null : StageBinder.wiring(type, config);
    if (wiring != null) {
      List<String> reads = new ArrayList<>();
      for (Wiring.Port port : wiring.reads()) {
        String name = port.name().equals(port.table()) ? "" : " (" + port.table() + ")";
        reads.add("`" + port.name() + "`" + name + need(port.need()));
      }
      List<String> writes = new ArrayList<>();
      wiring.writes().forEach(table -> writes.add("`" + table + "`"));
      if (wiring.writesModel()) {
        writes.add("a model");
      }
      if (writes.isEmpty()) {
        writes.add("a folder of files");
      }
      String listed = reads.isEmpty() ? "nothing" : String.join(", ", reads);
      page.append("\nReads ").append(type.reads().isEmpty() ? listed : type.reads());
      page.append("; writes ").append(String.join(", ", writes)).append(".\n");
    }
    if (Shape.fields(type.configType()).isEmpty()) {
      page.append("\nIts config has no keys of its own.\n");
    } else {
      table(type.configType());
    }
  }

  private static String need(Wiring.Need need) {
    return switch (need) {
      case REQUIRED, FOLLOWS -> "";
      case IF_PRESENT -> " if an earlier stage writes them";
      case NAMED -> " if `input` names it";
      case EVALUATED -> " that stages of the file evaluate on";
    };
  }

  private void table(Class<? extends Record> type) {
    page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
    rows(type, "");
  }

  private void rows(Class<? extends Record> type, String prefix) {
    rows(Shape.fields(type), prefix);
  }

  private void rows(List<Shape.Field> fields, String prefix) {
    for (Shape.Field field : fields) {
      Key key = field.key();
      String name = prefix + field.name();
      row(
          name,
          value(field),
          byDefault(field),
          key.value() + (key.tuning() ? " *tuning*" : "") + beside(field) + named(key.refersTo()));
      boolean elsewhere =
          key.refersTo().equals(Key.CONTENT)
              || field.component().type().equals(new FieldType.Other(ReplyParser.class));
      if (!elsewhere) {
        inner(field.shape(), name);
      }
    }
  }

  /** Where the keys of a part may be. */
  private static String beside(Shape.Field field) {
    return FlatKeys.of(List.of(field)).isEmpty()
        ? ""
        : " Its keys may also be written directly in the config.";
  }

  /** The cell of a key's default: its YAML, `required` or *optional*. */
  static String byDefault(Shape.Field field) {
    String text = field.key().byDefault();
    return field.required() ? "required" : text.isEmpty() ? "*optional*" : "`" + text + "`";
  }

  private static String named(String refersTo) {
    return switch (refersTo) {
      case "" -> "";
      case Key.ENCODER -> " (names an encoder)";
      case Key.CONTENT -> " (relative to the pipeline file; see *Prompt files*)";
      case Key.DIRECTORY -> " (a path is relative to the pipeline file)";
      case Key.FILE, Key.OUTPUT -> " (path, relative to the pipeline file)";
      default -> " (names a " + refersTo + ")";
    };
  }

  private void inner(Shape shape, String name) {
    if (shape instanceof Shape.Block block) {
      rows(block.type(), name + ".");
    } else if (shape instanceof Shape.Items items) {
      inner(items.item(), name + "[]");
    } else if (shape instanceof Shape.Table table) {
      inner(table.value(), name + ".*");
    } else if (shape instanceof Shape.Envelope envelope) {
      rows(envelope.own(), name + ".");
      inner(envelope.kinds(), name);
    } else if (shape instanceof Shape.Kinds kinds && open.add(kinds)) {
      kinds
          .kinds()
          .forEach(
              (word, type) -> {
                row(name + "." + kinds.selector() + ": " + word, "", "", Binder.doc(type));
                rows(type, name + ".");
              });
      open.remove(kinds);
    }
  }

  /** What may be at a key, in words. */
  static String value(Shape.Field field) {
    Shape shape = field.shape();
    String value = Rules.allowed(shape, field.key());
    if (shape instanceof Shape.Items items) {
      if (field.key().flat() && items.item() instanceof Shape.Kinds kinds) {
        return value + ", each " + Rules.oneOf(kinds.kinds().keySet());
      }
      String item = Rules.kind(items.item());
      boolean block =
          items.item() instanceof Shape.Block
              || items.item() instanceof Shape.Kinds
              || items.item() instanceof Shape.Envelope;
      return value + (block ? "" : ", each " + item);
    }
    return shape instanceof Shape.Table table
        ? value + (table.value() instanceof Shape.Free ? "" : ", each " + Rules.kind(table.value()))
        : value;
  }

  private void row(String key, String value, String byDefault, String meaning) {
    page.append("| `").append(key).append("` | ").append(value).append(" | ");
    page.append(byDefault).append(" | ").append(meaning.replace("|", "\\|")).append(" |\n");
  }
}
