package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.check.Reference;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Scalars;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.config.Key;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single values: types, ranges and choices. */
final class ScalarValues {
  private ScalarValues() {}

  /** The value for a shape; null after a mistake, which is then among the findings. */
  static @Nullable Object value(
      Shape shape,
      Key key,
      YamlNode.Scalar node,
      boolean bounds,
      Findings findings,
      BaseFolders folders,
      List<Reference> mentions) {
    Object found = node.value();
    if (shape instanceof Shape.Flag && found instanceof Boolean) {
      return found;
    }
    if (shape instanceof Shape.Whole whole) {
      Object value = whole(whole, found);
      if (value != null && (!bounds || Rules.inside(((Number) value).doubleValue(), key))) {
        return value;
      }
    }
    if (shape instanceof Shape.Real && found instanceof Number number) {
      double value = number.doubleValue();
      if (Double.isFinite(value) && (!bounds || Rules.inside(value, key))) {
        return value;
      }
    }
    if (shape instanceof Shape.Text text) {
      String value = found instanceof String s ? s : node.substituted() ? node.text() : null;
      if (value != null && (text.choices().isEmpty() || text.choices().contains(value))) {
        if (List.of(Key.FILE, Key.DIRECTORY, Key.OUTPUT).contains(text.refersTo())) {
          value = folders.resolve(value, node);
        }
        if (!text.refersTo().isEmpty()) {
          mentions.add(new Reference(text.refersTo(), key.local(), value, node));
        }
        return value;
      }
    }
    if (shape instanceof Shape.Choice choice) {
      Object constant = choice.type().constant(node.text());
      if (constant != null) {
        return constant;
      }
    }
    refuse(shape, key, node, bounds, findings);
    return null;
  }

  private static @Nullable Object whole(Shape.Whole whole, @Nullable Object found) {
    long value;
    if (found instanceof Long number) {
      value = number;
    } else if (found instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < 1L << 53) {
      value = number.longValue();
    } else {
      return null;
    }
    if (value < whole.least() || value > whole.greatest()) {
      return null;
    }
    return whole.greatest() == Integer.MAX_VALUE ? (Object) (int) value : (Object) value;
  }

  private static void refuse(
      Shape shape, Key key, YamlNode.Scalar node, boolean bounds, Findings findings) {
    Object found = node.value();
    String allowed = bounds ? Rules.allowed(shape, key) : Rules.kind(shape);
    String but = ", but is " + node.shown();
    List<String> words =
        shape instanceof Shape.Choice choice
            ? choice.type().words()
            : shape instanceof Shape.Text text ? text.choices() : List.of();
    if (shape instanceof Shape.Whole whole && tooGreat(whole, found)) {
      findings.mistake(
          node,
          "must be a whole number from %d to %d%s"
              .formatted(
                  Math.max(whole.least(), (long) key.min()),
                  Math.min(whole.greatest(), (long) key.max()),
                  but));
    } else if (shape instanceof Shape.Flag && found instanceof String word) {
      String near =
          switch (word) {
            case "yes", "Yes", "YES", "on", "On", "ON" -> "true";
            case "no", "No", "NO", "off", "Off", "OFF" -> "false";
            default -> null;
          };
      findings.mistake(node.at(), node.path(), node.single(), "must be " + allowed + but, near);
    } else if (!words.isEmpty()) {
      findings.mistake(node, "must be " + allowed + but, node.text(), words);
    } else if (shape instanceof Shape.Text && found != null) {
      findings.mistake(node, "must be a text" + but + "; put it in quotes");
    } else if (found == null && !key.byDefault().isEmpty()) {
      findings.mistake(
          node, "must be %s%s; leave the key out for %s".formatted(allowed, but, key.byDefault()));
    } else if (number(shape) && found instanceof String text && quoted(text)) {
      findings.mistake(node, "must be " + allowed + but + "; leave out the quotes");
    } else {
      findings.mistake(node, "must be " + allowed + but);
    }
  }

  private static boolean number(Shape shape) {
    return shape instanceof Shape.Whole || shape instanceof Shape.Real;
  }

  private static boolean quoted(String text) {
    return !text.isEmpty() && Scalars.resolve(text) instanceof Number;
  }

  private static boolean tooGreat(Shape.Whole whole, @Nullable Object found) {
    return found instanceof BigInteger
        || (found instanceof Long value && (value < whole.least() || value > whole.greatest()));
  }
}
