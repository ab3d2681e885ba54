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
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The reference of the pipeline file in Markdown, made from the config records. */
public final class KeyReferencePage {
  private final StringBuilder page = new StringBuilder();

  private KeyReferencePage() {}

  /** The page, with a line break at the end. */
  public static String markdown(Registry registry) {
    return new KeyReferencePage().page(registry);
  }

  private String page(Registry registry) {
    page.append(
        """
        # The pipeline file: every key

        Generated from the config records; a test compares it. Keys of blocks inside blocks are written
        with a dot, entries of lists with `[]`. A key without a default is required unless it says
        *optional*. Keys marked *tuning* decide how fast or where work is done, never which rows come
        out. A block with the key `kind` has the keys that stand below that kind; the kind's word alone
        stands for `{kind: word}`.

        `${NAME}` in a value stands for a variable of the environment and `${param.NAME}` for a parameter
        (`--param`). What comes from the environment may be secret: it is shown as `${NAME}` wherever it
        would be written or said. Names of the pipeline and of stages, `model` and `revision` of a server,
        metrics of alerts, `error_handling.output`, criteria of a template and everything under `schedule` are
        written as they are, so they take nothing from it.

        Relative paths count from the folder of the pipeline file, those in defaults of parameters and under
        `schedule` too; a path that begins with a value of `--param`, `--set` or the environment counts from
        the current folder. A run keeps both folders: `resume`, `rerun`, `retry-dead` and the daemon count
        from them, wherever they are called. `validate` looks at the files and model directories that a file
        names (their endings, and the columns of the first rows), at the keys of model servers and, unless it
        is called with `--offline`, at their lists of models; so does `run` before its first stage.

        ## The file
        """);
    table(FileBinder.Head.class);
    page.append(
        """
        | `models` | a block of keys | `{}` | Models by name; stages refer to them. See *Models*. |
        | `pipeline.type` | one of chain, composite | `composite` | Both run the stages in the order of the file. |
        | `pipeline.transforms` | a list of at least 1 entry | required | The stages: `type`, `name` (absent: the type), `input` (an earlier stage, or a block that names one for each table; absent: the nearest earlier stage that writes it), `config`. |
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

        A prompt of your own is a YAML file that `prompt: {file: PATH}` names; see [prompts](../guides/prompts.md). Templates
        are Jinja. Their variables: `problem`, `solution`, `steps`, `siblings`, `rubric`, `reference` (the run is then not
        reference-free) and `attributes`, each where the place supplies it.
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
      page.append("\nReads ").append(reads.isEmpty() ? "nothing" : String.join(", ", reads));
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
      case IF_PRESENT -> " if there are any";
      case NAMED -> " if `input` names it";
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
          key.refersTo().equals(Key.CONTENT) || field.component().getType() == ReplyParser.class;
      if (!elsewhere) {
        inner(field.shape(), name);
      }
    }
  }

  /** Where the keys of a part may be. */
  private static String beside(Shape.Field field) {
    return FlatKeys.of(List.of(field)).isEmpty() ? "" : " Its keys may be beside it.";
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
      case Key.CONTENT -> " (a relative path counts from this file; see *Prompt files*)";
      case Key.DIRECTORY -> " (a relative path counts from this file)";
      case Key.FILE -> " (names a file; a relative path counts from this file)";
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
    } else if (shape instanceof Shape.Kinds kinds) {
      kinds
          .kinds()
          .forEach(
              (word, type) -> {
                row(name + "." + kinds.selector() + ": " + word, "", "", Binder.doc(type));
                rows(type, name + ".");
              });
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
