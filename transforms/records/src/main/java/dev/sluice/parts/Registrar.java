package dev.sluice.parts;

/** Takes what a plugin brings, in the order in which it is to be listed. */
public interface Registrar {

  /**
   * Adds a part.
   *
   * @param port interface that carries {@link Port}
   * @param part record that implements it and carries {@link dev.sluice.records.config.Kind}
   * @throws PluginException if the record is none, has no kind, or its word is taken
   */
  <P> void part(Class<P> port, Class<? extends P> part);

  /**
   * Adds an object that the program finds by name, such as a stage type or an exporter.
   *
   * @param port interface of such objects
   * @throws PluginException if the name is taken
   */
  <S> void service(Class<S> port, String name, S service);
}
