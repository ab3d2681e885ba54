package dev.sluice.methods;

import dev.sluice.methods.advantage.AdvantageEstimator;
import dev.sluice.methods.advantage.BatchDeviationAdvantage;
import dev.sluice.methods.advantage.DrGrpoAdvantage;
import dev.sluice.methods.advantage.GrpoAdvantage;
import dev.sluice.methods.advantage.PassAtKAdvantage;
import dev.sluice.methods.advantage.ReinforcePpAdvantage;
import dev.sluice.methods.advantage.RlooAdvantage;
import dev.sluice.methods.confidence.EntropyReward;
import dev.sluice.methods.confidence.LogRatioReward;
import dev.sluice.methods.confidence.SelfCertaintyReward;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.credit.GlobalStepCredit;
import dev.sluice.methods.credit.MinFormCredit;
import dev.sluice.methods.credit.OutcomeCredit;
import dev.sluice.methods.credit.ProcessSupervisionCredit;
import dev.sluice.methods.credit.SelectiveCredit;
import dev.sluice.methods.credit.StepAdvantageCredit;
import dev.sluice.methods.credit.SuffixSumCredit;
import dev.sluice.methods.credit.ThoughtsCredit;
import dev.sluice.methods.fusion.AdvantageLevelFusion;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.GateFusion;
import dev.sluice.methods.fusion.GdpoFusion;
import dev.sluice.methods.fusion.ProductFusion;
import dev.sluice.methods.fusion.SumFusion;
import dev.sluice.methods.group.DropConstant;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.group.KeepPassRate;
import dev.sluice.methods.group.MaskTruncated;
import dev.sluice.methods.group.Refill;
import dev.sluice.methods.group.RoRecomp;
import dev.sluice.methods.label.FirstErrorMajority;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.OutcomeMajority;
import dev.sluice.methods.label.SoftLabels;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.loss.CispoLoss;
import dev.sluice.methods.loss.ClipLoss;
import dev.sluice.methods.loss.GspoLoss;
import dev.sluice.methods.loss.PolicyLoss;
import dev.sluice.methods.loss.SapoLoss;
import dev.sluice.methods.objective.Objective;
import dev.sluice.methods.objective.OutcomeObjective;
import dev.sluice.methods.objective.RationaleObjective;
import dev.sluice.methods.objective.StepClassifierObjective;
import dev.sluice.methods.objective.VerdictsObjective;
import dev.sluice.methods.preference.DpoLoss;
import dev.sluice.methods.preference.KtoLoss;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptPurpose;
import dev.sluice.methods.prompt.PromptResource;
import dev.sluice.methods.reply.BoxedReply;
import dev.sluice.methods.reply.BoxedStepsReply;
import dev.sluice.methods.reply.FirstErrorReply;
import dev.sluice.methods.reply.JsonReply;
import dev.sluice.methods.reply.PairwiseReply;
import dev.sluice.methods.reply.RegexReply;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.reply.ScoreReply;
import dev.sluice.methods.reply.TaggedReply;
import dev.sluice.methods.reply.WordReply;
import dev.sluice.methods.reply.WrittenVerdictsReply;
import dev.sluice.methods.reward.ClassifierReward;
import dev.sluice.methods.reward.ConfidenceReward;
import dev.sluice.methods.reward.EnsembleReward;
import dev.sluice.methods.reward.MajorityReward;
import dev.sluice.methods.reward.OutcomeReward;
import dev.sluice.methods.reward.OverlongReward;
import dev.sluice.methods.reward.ProcessReward;
import dev.sluice.methods.reward.RandomReward;
import dev.sluice.methods.reward.ReferenceReward;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.RubricReward;
import dev.sluice.methods.reward.SemanticReward;
import dev.sluice.methods.reward.rule.CodeTestsReward;
import dev.sluice.methods.reward.rule.FormatReward;
import dev.sluice.methods.reward.rule.JsonReward;
import dev.sluice.methods.reward.rule.LengthBandReward;
import dev.sluice.methods.reward.rule.PhraseReward;
import dev.sluice.methods.reward.rule.RepetitionReward;
import dev.sluice.methods.reward.rule.SqlReward;
import dev.sluice.methods.reward.rule.ToolCallsReward;
import dev.sluice.methods.round.PlateauReset;
import dev.sluice.methods.round.RoundRule;
import dev.sluice.methods.rubric.ConsensusRubric;
import dev.sluice.methods.rubric.RubricStrategy;
import dev.sluice.methods.rubric.TemplateRubric;
import dev.sluice.methods.selection.AboveSelection;
import dev.sluice.methods.selection.BestSelection;
import dev.sluice.methods.selection.BestWorstPairs;
import dev.sluice.methods.selection.PairRule;
import dev.sluice.methods.selection.RightWrongPairs;
import dev.sluice.methods.selection.SelectionRule;
import dev.sluice.methods.shaping.ClipLinearShaping;
import dev.sluice.methods.shaping.ClipShaping;
import dev.sluice.methods.shaping.ContrastiveShaping;
import dev.sluice.methods.shaping.CosineLengthShaping;
import dev.sluice.methods.shaping.DeltaShaping;
import dev.sluice.methods.shaping.NoiseShaping;
import dev.sluice.methods.shaping.ParShaping;
import dev.sluice.methods.shaping.QwenMathShaping;
import dev.sluice.methods.shaping.ReNormShaping;
import dev.sluice.methods.shaping.RedShaping;
import dev.sluice.methods.shaping.ReferenceGapShaping;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.methods.shaping.SignedShaping;
import dev.sluice.methods.shaping.TrustShaping;
import dev.sluice.methods.verification.CalculatorCheck;
import dev.sluice.methods.verification.ProgramCheck;
import dev.sluice.methods.verification.RewardCheck;
import dev.sluice.methods.verification.RuleCheck;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;

/** The program's own methods: one line each. */
public final class MethodsPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    rewards(registrar);
    updates(registrar);
    labels(registrar);
    prompts(registrar);
  }

  /** What a response is worth. */
  private static void rewards(Registrar registrar) {
    registrar.part(RewardTerm.class, ProcessReward.class);
    registrar.part(RewardTerm.class, ClassifierReward.class);
    registrar.part(RewardTerm.class, OutcomeReward.class);
    registrar.part(RewardTerm.class, ReferenceReward.class);
    registrar.part(RewardTerm.class, SemanticReward.class);
    registrar.part(RewardTerm.class, MajorityReward.class);
    registrar.part(RewardTerm.class, RubricReward.class);
    registrar.part(RewardTerm.class, RandomReward.class);
    registrar.part(RewardTerm.class, OverlongReward.class);
    registrar.part(RewardTerm.class, ConfidenceReward.class);
    registrar.part(RewardTerm.class, EntropyReward.class);
    registrar.part(RewardTerm.class, SelfCertaintyReward.class);
    registrar.part(RewardTerm.class, LogRatioReward.class);
    registrar.part(RewardTerm.class, EnsembleReward.class);
    registrar.part(RewardTerm.class, FormatReward.class);
    registrar.part(RewardTerm.class, LengthBandReward.class);
    registrar.part(RewardTerm.class, RepetitionReward.class);
    registrar.part(RewardTerm.class, PhraseReward.class);
    registrar.part(RewardTerm.class, JsonReward.class);
    registrar.part(RewardTerm.class, ToolCallsReward.class);
    registrar.part(RewardTerm.class, SqlReward.class);
    registrar.part(RewardTerm.class, CodeTestsReward.class);

    registrar.part(Shaping.class, ClipShaping.class);
    registrar.part(Shaping.class, DeltaShaping.class);
    registrar.part(Shaping.class, ParShaping.class);
    registrar.part(Shaping.class, ReNormShaping.class);
    registrar.part(Shaping.class, QwenMathShaping.class);
    registrar.part(Shaping.class, TrustShaping.class);
    registrar.part(Shaping.class, SignedShaping.class);
    registrar.part(Shaping.class, ContrastiveShaping.class);
    registrar.part(Shaping.class, ReferenceGapShaping.class);
    registrar.part(Shaping.class, RedShaping.class);
    registrar.part(Shaping.class, NoiseShaping.class);
    registrar.part(Shaping.class, ClipLinearShaping.class);
    registrar.part(Shaping.class, CosineLengthShaping.class);

    registrar.part(Fusion.class, SumFusion.class);
    registrar.part(Fusion.class, ProductFusion.class);
    registrar.part(Fusion.class, GateFusion.class);
    registrar.part(Fusion.class, AdvantageLevelFusion.class);
    registrar.part(Fusion.class, GdpoFusion.class);
  }

  /** How a policy learns from rewards. */
  private static void updates(Registrar registrar) {
    registrar.part(AdvantageEstimator.class, GrpoAdvantage.class);
    registrar.part(AdvantageEstimator.class, DrGrpoAdvantage.class);
    registrar.part(AdvantageEstimator.class, RlooAdvantage.class);
    registrar.part(AdvantageEstimator.class, BatchDeviationAdvantage.class);
    registrar.part(AdvantageEstimator.class, ReinforcePpAdvantage.class);
    registrar.part(AdvantageEstimator.class, PassAtKAdvantage.class);

    registrar.part(Credit.class, OutcomeCredit.class);
    registrar.part(Credit.class, SelectiveCredit.class);
    registrar.part(Credit.class, GlobalStepCredit.class);
    registrar.part(Credit.class, SuffixSumCredit.class);
    registrar.part(Credit.class, ProcessSupervisionCredit.class);
    registrar.part(Credit.class, StepAdvantageCredit.class);
    registrar.part(Credit.class, MinFormCredit.class);
    registrar.part(Credit.class, ThoughtsCredit.class);

    registrar.part(GroupRule.class, DropConstant.class);
    registrar.part(GroupRule.class, Refill.class);
    registrar.part(GroupRule.class, KeepPassRate.class);
    registrar.part(GroupRule.class, MaskTruncated.class);
    registrar.part(GroupRule.class, RoRecomp.class);

    registrar.part(RoundRule.class, PlateauReset.class);

    registrar.part(PolicyLoss.class, ClipLoss.class);
    registrar.part(PolicyLoss.class, GspoLoss.class);
    registrar.part(PolicyLoss.class, CispoLoss.class);
    registrar.part(PolicyLoss.class, SapoLoss.class);

    registrar.part(PreferenceLoss.class, DpoLoss.class);
    registrar.part(PreferenceLoss.class, KtoLoss.class);
  }

  /** What is said of stored solutions, and what is learnt from it. */
  private static void labels(Registrar registrar) {
    registrar.part(ProgramCheck.class, RuleCheck.class);
    registrar.part(ProgramCheck.class, CalculatorCheck.class);
    registrar.part(ProgramCheck.class, RewardCheck.class);

    registrar.part(RubricStrategy.class, ConsensusRubric.class);
    registrar.part(RubricStrategy.class, TemplateRubric.class);

    registrar.part(LabelEstimator.class, StepMajority.class);
    registrar.part(LabelEstimator.class, OutcomeMajority.class);
    registrar.part(LabelEstimator.class, SoftLabels.class);
    registrar.part(LabelEstimator.class, FirstErrorMajority.class);

    registrar.part(SelectionRule.class, AboveSelection.class);
    registrar.part(SelectionRule.class, BestSelection.class);

    registrar.part(PairRule.class, BestWorstPairs.class);
    registrar.part(PairRule.class, RightWrongPairs.class);

    registrar.part(Objective.class, RationaleObjective.class);
    registrar.part(Objective.class, VerdictsObjective.class);
    registrar.part(Objective.class, StepClassifierObjective.class);
    registrar.part(Objective.class, OutcomeObjective.class);
  }

  /** How models are asked, and how their replies are read. */
  private static void prompts(Registrar registrar) {
    registrar.part(ReplyParser.class, WrittenVerdictsReply.class);
    registrar.part(ReplyParser.class, FirstErrorReply.class);
    registrar.part(ReplyParser.class, BoxedStepsReply.class);
    registrar.part(ReplyParser.class, BoxedReply.class);
    registrar.part(ReplyParser.class, WordReply.class);
    registrar.part(ReplyParser.class, ScoreReply.class);
    registrar.part(ReplyParser.class, PairwiseReply.class);
    registrar.part(ReplyParser.class, JsonReply.class);
    registrar.part(ReplyParser.class, RegexReply.class);
    registrar.part(ReplyParser.class, TaggedReply.class);

    prompt(registrar, "spark", PromptPurpose.STEPS);
    prompt(registrar, "verdicts", PromptPurpose.STEPS);
    prompt(registrar, "process_bench", PromptPurpose.STEPS);
    prompt(registrar, "think_prm", PromptPurpose.STEPS);
    prompt(registrar, "gen_prm", PromptPurpose.STEPS);
    prompt(registrar, "calm", PromptPurpose.STEPS);
    prompt(registrar, "final_verification", PromptPurpose.OUTCOME);
    prompt(registrar, "judgement", PromptPurpose.OUTCOME);
    prompt(registrar, "yes_no", PromptPurpose.OUTCOME);
    prompt(registrar, "steps", PromptPurpose.SOLUTION);
    prompt(registrar, "tagged", PromptPurpose.SOLUTION);
    prompt(registrar, "think", PromptPurpose.SOLUTION);
    prompt(registrar, "plan", PromptPurpose.SOLUTION);
    prompt(registrar, "code", PromptPurpose.SOLUTION);
    prompt(registrar, "knowledge", PromptPurpose.SOLUTION);
    prompt(registrar, "examples", PromptPurpose.SOLUTION);
  }

  private static void prompt(Registrar registrar, String name, PromptPurpose asksFor) {
    registrar.service(
        PromptFamily.class, name, new PromptResource(MethodsPlugin.class, name, asksFor));
  }
}
