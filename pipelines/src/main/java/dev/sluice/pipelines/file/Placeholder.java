package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that take the place of wrong or missing ones, so that checking can go on. */
public final class Placeholder {
  private static final Position NOWHERE = new Position("", 1, 1);

  private Placeholder() {}

  /** The default of a field, else the least value that is allowed; null if there is none. */
  static @Nullable Object of(Shape.Field field) {
    if (!field.key().byDefault().isEmpty()) {
      return new Binder(new Findings()).byDefault(field, NOWHERE, field.name());
    }
    return least(field.shape(), field);
  }

  private static @Nullable Object least(Shape shape, Shape.Field field) {
    double min = field.key().min() == Double.NEGATIVE_INFINITY ? 0 : field.key().min();
    if (shape instanceof Shape.Flag) {
      return false;
    }
    if (shape instanceof Shape.Whole whole) {
      long value = (long) Math.ceil(min) + (field.key().minExclusive() ? 1 : 0);
      return whole.greatest() == Integer.MAX_VALUE ? (Object) (int) value : (Object) value;
    }
    if (shape instanceof Shape.Real) {
      return field.key().minExclusive() ? Math.min(min + 1, field.key().max()) : min;
    }
    if (shape instanceof Shape.Text text) {
      return text.choices().isEmpty() ? "" : text.choices().get(0);
    }
    if (shape instanceof Shape.Choice choice) {
      return choice.type().type().getEnumConstants()[0];
    }
    if (shape instanceof Shape.Items) {
      return List.of();
    }
    if (shape instanceof Shape.Table) {
      return Map.of();
    }
    if (shape instanceof Shape.Envelope envelope) {
      return part(envelope, envelope.kinds());
    }
    return shape instanceof Shape.Block block
        ? record(block.type())
        : part(shape, (Shape.Kinds) shape);
  }

  /** The first part of a port. */
  private static @Nullable Object part(Shape shape, Shape.Kinds kinds) {
    String word = kinds.kinds().keySet().iterator().next();
    return new Binder(new Findings()).ofWord(shape, word, NOWHERE);
  }

  /** A record of stand-ins alone; null if its constructor objects. */
  public static <R extends Record> @Nullable R record(Class<R> type) {
    return new Binder(new Findings())
        .block(type, new YamlNode.Mapping(NOWHERE, "", Map.of()), Set.of());
  }
}
