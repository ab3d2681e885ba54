package dev.sluice.records.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.records.Printable;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, in words for a person. */
public final class JsonFault {
  /** Where the library says by which of its settings a bound is set. */
  private static final Pattern SETTING = Pattern.compile(",? ?(?:from |as )?`[A-Za-z.()]+`");

  /** Where the library says that it does not show the text, which a caller names itself. */
  private static final Pattern SOURCE =
      Pattern.compile(" ?\\(start marker at \\[Source: [^]]*]\\)");

  private JsonFault() {}

  /** The library's sentence without names of its classes, on one line. */
  public static String words(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null || message.isBlank()
        ? "it breaks off"
        : Printable.sentence(
            SETTING.matcher(SOURCE.matcher(message).replaceAll("")).replaceAll(""));
  }
}
