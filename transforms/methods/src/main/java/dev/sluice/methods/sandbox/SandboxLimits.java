package dev.sluice.methods.sandbox;

import dev.sluice.records.config.Key;
import java.io.Serializable;

/** What one program may use. */
public record SandboxLimits(
    @Key(value = "Processor time of a process, in seconds.", byDefault = "5", min = 1, max = 3600)
        int cpuS,
    @Key(
            value =
                "Time on the clock, in seconds, the start of the sandbox included. Choose it so large that `cpu_s` ends a program first, since it depends on how busy the machine is.",
            byDefault = "20",
            min = 1,
            max = 3600)
        int wallS,
    @Key(value = "Address space of a process, in MiB.", byDefault = "512", min = 16, max = 1048576)
        int memoryMb,
    @Key(
            value = "Size of a file, and of all that the program prints, in MiB.",
            byDefault = "4",
            min = 1,
            max = 1024)
        int fileMb,
    @Key(
            value =
                "Size of the program's folder, in MiB. The folder is in memory and starts with the program alone.",
            byDefault = "16",
            min = 1,
            max = 16384)
        int diskMb,
    @Key(value = "Processes and threads at the same time.", byDefault = "8", min = 1, max = 1024)
        int processes)
    implements Serializable {

  /** The defaults of the keys. */
  public static final SandboxLimits USUAL = new SandboxLimits(5, 20, 512, 4, 16, 8);
}
