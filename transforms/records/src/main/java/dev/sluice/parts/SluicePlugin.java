package dev.sluice.parts;

/**
 * A list of parts and services. The program's own modules and third parties add theirs in the same
 * way: {@link java.util.ServiceLoader} finds the plugin by its line in {@code
 * META-INF/services/dev.sluice.parts.SluicePlugin}.
 */
public interface SluicePlugin {

  /** Adds what the plugin brings; called once for each registry. */
  void register(Registrar registrar);
}
