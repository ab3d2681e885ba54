package dev.sluice.pipelines.store;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, by which a process is told from those elsewhere. */
public final class Hosts {
  private static final String NAME = find();

  private Hosts() {}

  /** The name. */
  public static String name() {
    return NAME;
  }

  private static String find() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
