package dev.sluice.export.scrub;

/** Kinds of personal data and secrets. */
public enum Kind {
  /** An address of e-mail. */
  EMAIL,
  /** A telephone number in international form, {@code +} and the country's code (E.164). */
  PHONE,
  /** The number of a payment card (ISO/IEC 7812): issuer, length and Luhn's check digit. */
  CARD,
  /** An international bank account number (ISO 13616): country, length and check digits. */
  IBAN,
  /** A public address of the internet protocol, version 4. */
  IP,
  /** A social security number of the USA. */
  SSN,
  /** A key, token or password of a service, or a private key. */
  SECRET;

  /** What is written in its place, such as {@code [EMAIL]}. */
  public String placeholder() {
    return "[" + name() + "]";
  }
}
