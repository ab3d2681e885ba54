package dev.sluice.runners.cli.terminal;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ctrl-C and SIGTERM: the first asks the run to drain, the second ends the process. Through
 * reflection, since {@code sun.misc.Signal} is no part of the platform's API; a JVM without it ends
 * at once, as it would anyway.
 */
public final class Signals {
  private static final Logger LOG = Logger.getLogger(Signals.class.getName());

  private Signals() {}

  /**
   * Has the first signal end the process with one sentence; for whatever waits and has nothing to
   * put in order.
   *
   * @param what ended, as the beginning of the sentence
   */
  public static void endWith(Terminal terminal, String what) {
    Runnable end =
        () -> {
          terminal.err().printf("%s by a signal (Ctrl-C or SIGTERM).%n", what);
          Runtime.getRuntime().exit(ExitCode.INTERRUPTED);
        };
    onInterrupt(end, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
  }

  /**
   * Takes both signals.
   *
   * @param drain what the first one does
   * @param stop what the second one does
   */
  public static void onInterrupt(Runnable drain, Runnable stop) {
    AtomicInteger count = new AtomicInteger();
    Runnable taken = () -> (count.getAndIncrement() == 0 ? drain : stop).run();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  taken.run();
                }
                return switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  default -> null;
                };
              });
      for (String name : new String[] {"INT", "TERM"}) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        Object unused = signal.getMethod("handle", signal, handler).invoke(null, one, proxy);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "Signals cannot be taken; Ctrl-C ends the process at once.", e);
    }
  }
}
