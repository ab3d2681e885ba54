package dev.sluice.export.format;

import java.util.Locale;

/** The types of the files that hold an export's rows. */
public enum FileType {
  /** Apache Parquet. */
  PARQUET,
  /** One JSON object per line. */
  JSONL,
  /** Comma-separated values with a header; lists and objects are JSON. */
  CSV;

  /** The end of the files' names. */
  public String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** The name of the reader of Hugging Face's {@code load_dataset}. */
  public String loader() {
    return this == JSONL ? "json" : name().toLowerCase(Locale.ROOT);
  }
}
