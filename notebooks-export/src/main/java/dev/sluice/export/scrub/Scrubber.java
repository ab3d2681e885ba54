package dev.sluice.export.scrub;

import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes placeholders such as {@code [EMAIL]} in place of personal data and secrets, and counts
 * them. What it wrote it leaves as it is. It takes time in proportion to a text's length. Not for
 * several threads.
 */
public final class Scrubber {
  private static final List<Recognizer> RECOGNIZERS =
      List.of(
          new PrivateKeyRecognizer(),
          new CredentialRecognizer(),
          new JwtRecognizer(),
          new TokenRecognizer(),
          new IbanRecognizer(),
          new SsnRecognizer(),
          new CardRecognizer(),
          new IpRecognizer(),
          new PhoneRecognizer(),
          new EmailRecognizer());

  /** The recognizers to ask at each ASCII character, in their order. */
  private static final Recognizer[][] BY_TRIGGER = byTrigger();

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  private static Recognizer[][] byTrigger() {
    Recognizer[][] byTrigger = new Recognizer[128][];
    for (char c = 0; c < byTrigger.length; c++) {
      char trigger = c;
      byTrigger[c] =
          RECOGNIZERS.stream()
              .filter(each -> each.triggers().indexOf(trigger) >= 0)
              .toArray(Recognizer[]::new);
    }
    return byTrigger;
  }

  /** How many placeholders were written so far, by kind; kinds without any are absent. */
  public Map<Kind, Long> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** A text with placeholders; the text itself if it has nothing to replace. */
  public String scrub(String text) {
    String before = text;
    String after = pass(before);
    // A number beside what was replaced may be told apart now. Nothing needs more than a few
    // passes:
    // what a match hid from its left neighbour is no match of another one.
    while (!after.equals(before)) {
      before = after;
      after = pass(before);
    }
    return after;
  }

  /**
   * A value in which every text is scrubbed: of lists, of values of maps, and of fields of records,
   * however deep. Keys of maps and all other values stay. The value itself if nothing is replaced.
   */
  public @Nullable Object scrubValue(@Nullable Object value) {
    if (value instanceof String text) {
      return scrub(text);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    return value instanceof Record record ? record(record) : value;
  }

  private List<?> list(List<?> list) {
    List<@Nullable Object> scrubbed = new ArrayList<>(list.size());
    boolean changed = false;
    for (Object item : list) {
      Object with = scrubValue(item);
      changed |= with != item;
      scrubbed.add(with);
    }
    return changed ? Collections.unmodifiableList(scrubbed) : list;
  }

  private Map<?, ?> map(Map<?, ?> map) {
    Map<@Nullable Object, @Nullable Object> scrubbed = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object with = scrubValue(entry.getValue());
      changed |= with != entry.getValue();
      scrubbed.put(entry.getKey(), with);
    }
    return changed ? Collections.unmodifiableMap(scrubbed) : map;
  }

  private Record record(Record record) {
    RecordSchema<?> schema = RecordSchema.of(record.getClass());
    @Nullable Object[] values = new Object[schema.fields().size()];
    boolean changed = false;
    for (int i = 0; i < values.length; i++) {
      Object value = schema.fields().get(i).get(record);
      values[i] = scrubValue(value);
      changed |= values[i] != value;
    }
    return changed ? schema.make(values) : record;
  }

  private String pass(String text) {
    Scan scan = new Scan(text);
    int place = 0;
    while (place < text.length()) {
      Match match = match(scan, place);
      if (match == null) {
        place++;
      } else {
        scan.replace(match);
        counts.merge(match.kind(), 1L, Long::sum);
        place = match.end();
      }
    }
    return scan.from() == 0 ? text : scan.finish();
  }

  private static @Nullable Match match(Scan scan, int place) {
    char c = scan.at(place);
    if (c < BY_TRIGGER.length) {
      for (Recognizer recognizer : BY_TRIGGER[c]) {
        Match match = recognizer.find(scan, place);
        if (match != null) {
          return match;
        }
      }
    }
    return null;
  }
}
