package dev.sluice.methods.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of a model that read, and those that try more. */
class SqlDatabaseTest {
  private static final Path SHOP = Path.of("../../configs/recipes/data/shop.sqlite");
  private static final SqlLimits LIMITS = new SqlLimits(1_000_000, 100, 10);

  private static SqlResult run(String sql) {
    try (SqlDatabase database = SqlDatabase.open(SHOP)) {
      return database.run(sql, LIMITS);
    }
  }

  @Test
  void query_givesRowsByValue() {
    SqlResult result =
        run("SELECT name, price, stock, NULL, x'0a', price * 2 FROM product LIMIT 2");
    assertThat(result.failure()).isNull();
    assertThat(result.rows())
        .containsExactly(
            List.of("ttea", "n3.5", "n40", "null", "x0a", "n7"),
            List.of("tcoffee", "n5", "n12", "null", "x0a", "n10"));
  }

  @Test
  void names_areTablesAndColumns() {
    try (SqlDatabase database = SqlDatabase.open(SHOP)) {
      assertThat(database.names())
          .containsExactlyInAnyOrder(
              "product", "sale", "id", "name", "price", "stock", "product_id", "day", "amount");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM product",
        "DROP TABLE product",
        "INSERT INTO product VALUES (9, 'x', 1, 1)",
        "WITH x AS (SELECT 1) DELETE FROM product",
        "WITH x AS (SELECT 1) INSERT INTO product SELECT 9, 'x', 1, 1",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode = DELETE",
        "VACUUM",
        "VACUUM INTO 'copy.sqlite'",
        "ATTACH 'other.sqlite' AS o",
        "ATTACH ':memory:' AS o",
        "SELECT 1; DROP TABLE product",
        "SELECT load_extension('x')",
        "SELECT writefile('x', 'y')",
        "SELECT readfile('/etc/passwd')",
        "SELECT edit('x')",
        "EXPLAIN SELECT 1",
        "BEGIN",
        "",
        "-- SELECT 1",
        "/* SELECT 1 */ DROP TABLE product",
        "SELECT nothing FROM product",
        "SELECT",
        "SELECT 'a"
      })
  void statement_thatIsNoQuery_doesNotRun_andChangesNothing(String sql) throws Exception {
    String before = HexFormat.of().formatHex(Files.readAllBytes(SHOP));
    assertThat(run(sql).ran()).isFalse();
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(SHOP))).isEqualTo(before);
    try (var files = Files.list(SHOP.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("shop.sqlite-") || name.startsWith("copy"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n | operations",
        "SELECT count(*) FROM product a, product b, product c, product d, product e, product f, product g, product h, product i, product j, product k | operations",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 200) SELECT x FROM n | rows",
        "SELECT zeroblob(1000000) | too big",
        "SELECT replace(hex(zeroblob(40000)), '0', 'xx') | too big",
        "SELECT 'a' LIKE hex(zeroblob(200)) | pattern too complex"
      })
  void query_thatTakesTooMuch_isStopped(String sql, String reason) {
    assertThat(run(sql).failure()).contains(reason);
  }

  @Test
  void query_thatIsNestedDeep_isRefused() {
    String deep = "SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThat(run(deep).failure()).contains("nested");
    String terms = "SELECT 1" + " + 1".repeat(20_000);
    assertThat(run(terms).ran()).isFalse();
    assertThat(run("SELECT " + "NOT ".repeat(10_000) + "1").ran()).isFalse();
    assertThat(run("SELECT 1" + " UNION SELECT 1".repeat(2_000)).ran()).isFalse();
    assertThat(run("SELECT " + "- ".repeat(20_000) + "1").ran()).isFalse();
  }

  @Test
  void file_thatIsNoDatabase_isNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a ?b#.sqlite");
    Files.writeString(
        file, "This is not a database at all, only some text of a few words. ".repeat(20));
    assertThatThrownBy(
            () -> {
              try (SqlDatabase database = SqlDatabase.open(file)) {
                database.names();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a ?b#.sqlite");
    Files.copy(SHOP, folder.resolve("c ?d#%41.sqlite"));
    try (SqlDatabase database = SqlDatabase.open(folder.resolve("c ?d#%41.sqlite"))) {
      assertThat(database.run("SELECT count(*) FROM product", LIMITS).rows())
          .containsExactly(List.of("n4"));
    }
  }

  @Test
  void tokens_areNamesTextsAndSigns() {
    SqlText text =
        SqlText.of("SELECT \"Price\", [stock], `name` FROM product -- price\nWHERE a='day';");
    assertThat(text.words())
        .containsExactly(
            "select", "price", ",", "stock", ",", "name", "from", "product", "where", "a", "=",
            "'day'");
    assertThat(text.mentioned(java.util.Set.of("price", "stock", "day", "product")))
        .containsExactlyInAnyOrder("price", "stock", "product");
    assertThat(text.objection()).isEmpty();
  }
}
