package dev.sluice.methods.reward.rule;

import dev.sluice.methods.reward.ReferenceAnswers;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.sql.SqlDatabase;
import dev.sluice.methods.sql.SqlLimits;
import dev.sluice.methods.sql.SqlResult;
import dev.sluice.methods.sql.SqlText;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A query, compared with that of the reference by running both. */
@Kind(
    value = "sql",
    doc =
        "Runs the query of a response on a SQLite database, read-only and within limits, and compares it with the query of the reference answer; partial credit for syntax, schema and wording. `gate` does not apply. The run is not reference-free.")
@Method(
    name = "Reasoning-SQL",
    paper = "Reasoning-SQL, arXiv 2503.23157, section 3, with its code",
    formula =
        "r = execution [equal results] + syntax [runs] + schema J(names of the schema) + n_gram J(n-grams of tokens), J(a, b) = |a and b| / |a or b|",
    papers = "2503.23157",
    departs =
        "Without the paper's language-model judge of wrong queries and its format term; add the rewards 'outcome' and 'format' for these. Names of the schema are those of the database that a query mentions, found without a parser of SQL. A query that is refused, such as one that writes, gets 0.")
public record SqlReward(
    @Key(
            value =
                "Database files. A problem selects one by the name of the file without its ending; with a single file no problem has to.",
            refersTo = Key.FILE,
            min = 1)
        List<String> databases,
    @Key(value = "Attribute of a problem that names its database.", byDefault = "database")
        String attribute,
    @Key(value = "Weight of equal results.", byDefault = "3.0", min = 0) double execution,
    @Key(value = "Weight of a query that runs to its end.", byDefault = "1.0", min = 0)
        double syntax,
    @Key(value = "Weight of the overlap of tables and columns.", byDefault = "1.0", min = 0)
        double schema,
    @Key(value = "Weight of the overlap of n-grams.", byDefault = "1.0", min = 0) double nGram,
    @Key(value = "Length of the n-grams, in tokens.", byDefault = "2", min = 1, max = 10) int n,
    @Key(
            value =
                "How results are compared: `set` ignores the order and the number of equal rows (as BIRD does), `bag` the order alone, `list` nothing.",
            byDefault = "set")
        Rows rows,
    @Key(
            value =
                "Maximum operations of SQLite's virtual machine; the same query stops at the same place on every machine.",
            byDefault = "10000000",
            min = 1000)
        long maxOperations,
    @Key(value = "Maximum rows of a result.", byDefault = "10000", min = 1) int maxRows,
    @Key(
            value = "Maximum seconds of a query, if it is slow in spite of `max_operations`.",
            byDefault = "10",
            min = 1,
            max = 3600)
        int maxSeconds)
    implements TextReward {

  /** How results are compared. */
  public enum Rows {
    SET,
    BAG,
    LIST
  }

  public SqlReward {
    databases = List.copyOf(databases);
  }

  @Override
  public boolean ownForm() {
    return true;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.REFERENCE);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    Set<String> names = new HashSet<>();
    for (String database : databases) {
      if (!names.add(stem(database))) {
        return List.of(
            new ConfigMistake(
                key + ".databases",
                "two files have the name '%s', so problems could not select one; rename one of them"
                    .formatted(stem(database))));
      }
    }
    return execution + syntax + schema + nGram > 0
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".execution",
                "all weights are 0, so every reward would be 0; give one of 'execution', 'syntax', 'schema' and 'n_gram' a weight"));
  }

  private static String stem(String path) {
    String name = String.valueOf(Path.of(path).getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public TextScore judge(Problem problem, String text) {
    String gold = ReferenceAnswers.of(name(), problem);
    String query = Answers.content(text);
    SqlText read = SqlText.of(query);
    if (!read.objection().isEmpty()) {
      return TextScore.of(0, "The query " + read.objection() + ".");
    }
    try (SqlDatabase database = SqlDatabase.open(Path.of(file(problem)))) {
      SqlLimits limits = new SqlLimits(maxOperations, maxRows, maxSeconds);
      SqlResult wanted = database.run(gold, limits);
      if (!wanted.ran()) {
        throw new IllegalStateException(
            "The reference query of problem %s fails on %s: %s. Mend the query, or raise the limits of the reward '%s'."
                .formatted(problem.problemId(), file(problem), wanted.failure(), name()));
      }
      SqlResult found = database.run(query, limits);
      double equal = found.ran() && equal(found.rows(), wanted.rows()) ? 1 : 0;
      SqlText reference = SqlText.of(gold);
      Set<String> names = database.names();
      double reward =
          execution * equal
              + syntax * (found.ran() ? 1 : 0)
              + schema * jaccard(read.mentioned(names), reference.mentioned(names))
              + nGram
                  * jaccard(
                      new HashSet<>(NGrams.distinct(read.words(), n)),
                      new HashSet<>(NGrams.distinct(reference.words(), n)));
      String reason =
          !found.ran()
              ? "The query does not run to its end: " + found.failure() + "."
              : "The query's result %s that of the reference."
                  .formatted(equal > 0 ? "equals" : "differs from");
      return TextScore.of(Score.of(reward, equal), reason);
    }
  }

  private String file(Problem problem) {
    String name = problem.attributes().get(attribute);
    for (String database : databases) {
      if (stem(database).equals(name) || (name == null && databases.size() == 1)) {
        return database;
      }
    }
    throw new IllegalStateException(
        "Problem %s %s, but the databases of the reward '%s' are %s. Map the column of the database with 'columns: {attributes: {%s: COLUMN}}', and list its file."
            .formatted(
                problem.problemId(),
                name == null
                    ? "has no attribute '%s'".formatted(attribute)
                    : "is about the database '%s'".formatted(name),
                name(),
                new TreeSet<>(databases.stream().map(SqlReward::stem).toList()),
                attribute));
  }

  private boolean equal(List<List<String>> found, List<List<String>> wanted) {
    return switch (rows) {
      case SET -> new HashSet<>(found).equals(new HashSet<>(wanted));
      case BAG -> counted(found).equals(counted(wanted));
      case LIST -> found.equals(wanted);
    };
  }

  private static Map<List<String>, Integer> counted(List<List<String>> rows) {
    Map<List<String>, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }

  /** Common items over all items; 1 for two empty sets. */
  private static double jaccard(Set<?> first, Set<?> second) {
    return MultisetJaccard.of(first, second);
  }
}
