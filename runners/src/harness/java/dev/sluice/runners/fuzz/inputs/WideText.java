package dev.sluice.runners.fuzz.inputs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text as bytes and back, half surrogate pairs included, which UTF-8 has no bytes for. */
public final class WideText {
  private WideText() {}

  /** UTF-8, half a surrogate pair as the three bytes that it would have. */
  public static byte[] bytes(String text) {
    if (text.codePoints().noneMatch(WideText::half)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    text.codePoints()
        .forEach(
            code -> {
              if (half(code)) {
                out.write(0xE0 | code >> 12);
                out.write(0x80 | (code >> 6 & 0x3F));
                out.write(0x80 | (code & 0x3F));
              } else {
                out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }

  private static boolean half(int code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  /** The text of such bytes; other bytes that are no text become U+FFFD. */
  public static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int from = 0;
    for (int i = 0; i + 2 < bytes.length; i++) {
      if ((bytes[i] & 0xFF) == 0xED
          && (bytes[i + 1] & 0xE0) == 0xA0
          && (bytes[i + 2] & 0xC0) == 0x80) {
        text.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        text.append((char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | (bytes[i + 2] & 0x3F)));
        i += 2;
        from = i + 1;
      }
    }
    return text.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
        .toString();
  }
}
