package dev.sluice.stages;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Kind;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The methods that a pipeline file can select, in the order of a chain. */
public final class Methods {
  private Methods() {}

  /**
   * One method.
   *
   * @param name by which it is looked up
   * @param stage type of the stage that it is a part of
   * @param computes what it does, as a sentence
   * @param formula empty if words say it all
   * @param source paper and section; empty for what needs none
   * @param papers arXiv identifiers of what it is taken from
   * @param options keys of the stage's config, {@code KEY} or {@code KEY=VALUE}
   */
  public record Method(
      String name,
      String stage,
      String computes,
      String formula,
      String source,
      List<String> papers,
      List<String> options) {
    public Method {
      papers = List.copyOf(papers);
      options = List.copyOf(options);
    }
  }

  /** All of them: of each stage its parts first, then what its other keys select. */
  public static List<Method> all() {
    List<Method> all = new ArrayList<>(listed());
    for (Class<?> port : Registry.get().ports()) {
      Port where = port.getAnnotation(Port.class);
      if (!where.key().isEmpty()) {
        List<Method> parts = parts(port, where);
        int first = 0;
        while (first < all.size() && !all.get(first).stage().equals(where.stage())) {
          first++;
        }
        all.addAll(first, parts);
      }
    }
    return List.copyOf(all);
  }

  /** Those that are no parts: what several keys of a stage do together. */
  public static List<Method> listed() {
    try (InputStream in = Methods.class.getResourceAsStream("methods.json")) {
      return new ObjectMapper().readValue(in, new TypeReference<List<Method>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("The list of methods inside the product cannot be read.", e);
    }
  }

  /** The name of a part in the list of methods, such as {@code majority_reward}. */
  public static String name(Port port, String word) {
    return port.noun().isEmpty() ? word : word + "_" + port.noun();
  }

  /** The parts of a port. */
  private static List<Method> parts(Class<?> port, Port where) {
    List<Method> methods = new ArrayList<>();
    boolean flat = flat(where);
    Registry.get()
        .parts(port)
        .forEach(
            (word, part) -> {
              dev.sluice.parts.Method source = part.getAnnotation(dev.sluice.parts.Method.class);
              Kind kind = Objects.requireNonNull(part.getAnnotation(Kind.class));
              List<String> options = new ArrayList<>();
              options.add(where.key() + (flat ? "=" : "." + where.selector() + "=") + word);
              for (RecordSchema.Field field : RecordSchema.of(part).fields()) {
                options.addAll(options(flat ? "" : where.key() + ".", field));
              }
              methods.add(
                  new Method(
                      name(where, word),
                      where.stage(),
                      source == null || source.departs().isEmpty()
                          ? kind.doc()
                          : kind.doc() + " " + source.departs(),
                      source == null ? "" : source.formula(),
                      source == null ? "" : source.paper(),
                      source == null ? List.of() : List.of(source.papers()),
                      options));
            });
    return methods;
  }

  /** Whether keys of the parts are written beside the word. */
  private static boolean flat(Port where) {
    StageType<?> type = Registry.get().services(StageType.class).get(where.stage());
    return type != null
        && RecordSchema.of(type.configType()).fields().stream()
            .filter(field -> field.name().equals(where.key()))
            .map(RecordSchema.Field::key)
            .anyMatch(key -> key != null && key.flat());
  }

  /** A key, or each of its words; of a block the key, and the words of its keys. */
  private static List<String> options(String prefix, RecordSchema.Field field) {
    String name = prefix + field.name();
    FieldType type = field.type() instanceof FieldType.Items items ? items.item() : field.type();
    if (type instanceof FieldType.Choice choice) {
      return choice.words().stream().map(word -> name + "=" + word).toList();
    }
    List<String> options = new ArrayList<>(List.of(name));
    if (type instanceof FieldType.Block block) {
      RecordSchema.of(block.type()).fields().stream()
          .filter(own -> own.type() instanceof FieldType.Choice)
          .forEach(own -> options.addAll(options(name + ".", own)));
    }
    return options;
  }
}
