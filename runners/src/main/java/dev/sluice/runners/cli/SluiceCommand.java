package dev.sluice.runners.cli;

import dev.sluice.models.ModelException;
import dev.sluice.parts.PluginException;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.plan.MissingStageException;
import dev.sluice.pipelines.run.driver.JobException;
import dev.sluice.pipelines.run.driver.StageException;
import dev.sluice.pipelines.run.folder.DamagedRunException;
import dev.sluice.pipelines.store.DamagedFileException;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.records.RowFilterException;
import dev.sluice.records.Secrets;
import dev.sluice.records.parquet.TableException;
import dev.sluice.runners.cli.export.ExportCommand;
import dev.sluice.runners.cli.export.NotebookCommand;
import dev.sluice.runners.cli.inspect.DiffCommand;
import dev.sluice.runners.cli.inspect.DigestCommand;
import dev.sluice.runners.cli.inspect.InspectCommand;
import dev.sluice.runners.cli.inspect.LineageCommand;
import dev.sluice.runners.cli.inspect.VerifyCommand;
import dev.sluice.runners.cli.models.MethodsCommand;
import dev.sluice.runners.cli.models.ModelCommand;
import dev.sluice.runners.cli.models.PromptsCommand;
import dev.sluice.runners.cli.run.PlanCommand;
import dev.sluice.runners.cli.run.RerunCommand;
import dev.sluice.runners.cli.run.ResumeCommand;
import dev.sluice.runners.cli.run.RetryDeadCommand;
import dev.sluice.runners.cli.run.RunCommand;
import dev.sluice.runners.cli.run.RunsCommand;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.run.StopCommand;
import dev.sluice.runners.cli.run.ValidateCommand;
import dev.sluice.runners.cli.schedule.ScheduleCommand;
import dev.sluice.runners.cli.schedule.ServeCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.HelpText;
import dev.sluice.runners.cli.terminal.Logs;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Signals;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import dev.sluice.runners.cli.terminal.Words;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: one list of commands, exit codes, and no stack trace for a user's mistake. */
@Command(
    name = "sluice",
    description = {
      "Improves a language model on a set of problems without human labels.",
      "'sluice help COMMAND' shows a command's options."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "sluice 0.1.0")
public final class SluiceCommand {
  private static final Logger LOG = Logger.getLogger(SluiceCommand.class.getName());

  private SluiceCommand() {}

  /** Runs one command and returns its exit code. */
  public static int execute(String... arguments) {
    Terminal terminal = Terminal.ofProcess();
    if (arguments.length > 0) {
      Signals.endWith(terminal, "'sluice %s' was ended".formatted(arguments[0]));
    }
    return execute(new Services(), terminal, arguments);
  }

  static int execute(Services services, Terminal terminal, String... given) {
    CommandLine line = new CommandLine(new SluiceCommand());
    Map<String, Supplier<Object>> commands = commands(services, terminal);
    String[] arguments = Words.inOrder(given, commands.keySet());
    Supplier<Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
    // Reading the options of all commands would cost each of them a tenth of a second.
    for (Supplier<Object> command :
        named == null ? commands.values() : List.<Supplier<Object>>of(named)) {
      line.addSubcommand(command.get());
    }
    HelpText.prepare(line);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(parsed -> run(parsed, terminal));
    line.setParameterExceptionHandler((mistake, ignored) -> explain(mistake, terminal));
    line.setExecutionExceptionHandler((error, ignored, parsed) -> explain(error, terminal));
    return line.execute(arguments);
  }

  /** All commands, in the order of the help. */
  private static Map<String, Supplier<Object>> commands(Services services, Terminal terminal) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("validate", () -> new ValidateCommand(services, terminal));
    commands.put("plan", () -> new PlanCommand(services, terminal));
    commands.put("run", () -> new RunCommand(services, terminal));
    commands.put("rerun", () -> new RerunCommand(services, terminal));
    commands.put("retry-dead", () -> new RetryDeadCommand(services, terminal));
    commands.put("resume", () -> new ResumeCommand(services, terminal));
    commands.put("status", () -> new StatusCommand(terminal));
    commands.put("runs", () -> new RunsCommand(terminal));
    commands.put("stop", () -> new StopCommand(terminal));
    commands.put("schedule", () -> ScheduleCommand.with(services, terminal));
    commands.put("serve", () -> new ServeCommand(services, terminal));
    commands.put("ledger", () -> new LedgerCommand(terminal));
    commands.put("inspect", () -> new InspectCommand(terminal));
    commands.put("digest", () -> new DigestCommand(terminal));
    commands.put("lineage", () -> new LineageCommand(terminal));
    commands.put("diff", () -> new DiffCommand(terminal));
    commands.put("verify", () -> new VerifyCommand(terminal));
    commands.put("gc", () -> new GcCommand(terminal));
    commands.put("export", () -> new ExportCommand(terminal));
    commands.put("notebook", () -> new NotebookCommand(terminal));
    commands.put("model", () -> ModelCommand.with(terminal));
    commands.put("prompts", () -> PromptsCommand.with(services, terminal));
    commands.put("methods", () -> new MethodsCommand(services, terminal));
    commands.put("schema", () -> new SchemaCommand(services, terminal));
    commands.put("doctor", () -> new DoctorCommand(terminal));
    commands.put("rehearse", () -> new RehearseCommand(services));
    return commands;
  }

  private static int run(ParseResult parsed, Terminal terminal) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.isUsageHelpRequested()) {
      terminal.out().print(HelpText.of(last.commandSpec().commandLine(), terminal.columns()));
      return ExitCode.DONE;
    }
    if (last == parsed && !parsed.isVersionHelpRequested()) {
      terminal.err().print(HelpText.of(parsed.commandSpec().commandLine(), terminal.columns()));
      return ExitCode.MISTAKE;
    }
    Logs.toStandardError(last.matchedOptionValue("--log-level", GlobalOptions.LogLevel.OFF));
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int explain(ParameterException mistake, Terminal terminal) {
    String name = mistake.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println(mistake.getMessage());
    if (mistake instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      terminal
          .err()
          .println("Did you mean: " + String.join(", ", unmatched.getSuggestions()) + "?");
    }
    terminal.err().printf("'%s --help' shows what it takes.%n", name);
    return ExitCode.MISTAKE;
  }

  private static int explain(Exception error, Terminal terminal) {
    LOG.log(Level.SEVERE, "The command ended with an error.", error);
    String message = error.getMessage() == null ? null : Secrets.hidden(error.getMessage());
    if (error instanceof UserMistake
        || error instanceof ModelException
        || error instanceof MissingStageException
        || error instanceof TableException
        || error instanceof PluginException
        || error instanceof RowFilterException
        || (error instanceof StoreException store && store.mistake())) {
      terminal.err().println(message);
      return ExitCode.MISTAKE;
    }
    if (error instanceof StageException
        || error instanceof JobException
        || error instanceof StoreException
        || error instanceof LedgerException
        || error instanceof DamagedFileException
        || error instanceof DamagedRunException
        || error instanceof UncheckedIOException) {
      terminal.err().println(message);
      return ExitCode.FAILED;
    }
    terminal
        .err()
        .println(message == null || message.isBlank() ? "Unexpected error: " + error : message);
    terminal.err().println("'--log-level debug' shows where it came from.");
    return ExitCode.FAILED;
  }
}
