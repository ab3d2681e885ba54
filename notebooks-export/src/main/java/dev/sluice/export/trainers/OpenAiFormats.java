package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.dialogue;
import static dev.sluice.export.trainers.Turns.reply;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.records.Message;
import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * Files for OpenAI's fine-tuning and batch services. Fine-tuning refuses keys that it does not
 * know, so these rows carry no ids; a batch request has the problem's id as {@code custom_id}.
 */
final class OpenAiFormats {
  private static final Target OPENAI =
      Target.of("OpenAI's API (rules of its documentation)", FileType.JSONL)
          .withoutIds()
          .ofOneFile();

  private OpenAiFormats() {}

  private record Sft(
      @Column("The problem's conversation and the assistant's turn, a solution called correct.")
          List<Message> messages) {}

  private record Input(@Column(Docs.CONVERSATION) List<Message> messages) {}

  private record Preference(
      @Column("The prompt.") Input input,
      @Column("The preferred turn.") List<Message> preferredOutput,
      @Column("The other turn.") List<Message> nonPreferredOutput) {}

  private record Rft(
      @Column(Docs.CONVERSATION) List<Message> messages,
      @Column("The reference answer, for the grader as `item.reference_answer`.")
          String referenceAnswer) {}

  private record Body(
      @Column("Name of the model.") String model,
      @Column(Docs.CONVERSATION) List<Message> messages) {}

  private record BatchRequest(
      @Column("Id of the problem.") String customId,
      @Column("The method of HTTP.") String method,
      @Column("The path of the service.") String url,
      @Column("The request.") Body body) {}

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
            "openai/sft",
            "Conversations for supervised fine-tuning by OpenAI, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Sft.class, INCORRECT, item -> item.correct() ? new Sft(dialogue(item)) : null),
            OPENAI
                .launch("openai api fine_tuning.jobs.create -m MODEL -F {train}")
                .note("The service wants at least 10 rows.")),
        DatasetFormat.of(
            "openai/preference",
            "Preference pairs for DPO by OpenAI.",
            new PreferencePairs(),
            Rows.of(
                Preference.class,
                pair ->
                    new Preference(
                        new Input(pair.problem().messages()),
                        reply(pair.chosen()),
                        reply(pair.rejected()))),
            OPENAI.note("The service wants at least 10 rows.")),
        DatasetFormat.needingReference(
            "openai/rft",
            "Prompts with reference answers for reinforcement fine-tuning by OpenAI.",
            new PromptProblems(),
            Rows.of(Rft.class, item -> new Rft(item.problem().messages(), item.reference())),
            OPENAI.note("A grader reads the answer as `item.reference_answer`.")),
        DatasetFormat.of(
                "openai/batch",
                "Requests for solutions, as a batch file for OpenAI's service or vLLM's run_batch.",
                new PromptProblems(),
                Rows.placed(
                    BatchRequest.class,
                    (item, place) ->
                        new BatchRequest(
                            item.problemId(),
                            "POST",
                            "/v1/chat/completions",
                            new Body(place.option("model"), item.problem().messages()))),
                OPENAI
                    .launch("vllm run-batch -i {train} -o results.jsonl --model MODEL")
                    .note("Results carry the problem's id as `custom_id`."))
            .option("model", null, "the name of the model that answers"));
  }
}
