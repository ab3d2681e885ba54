package dev.sluice.export.scrub;

import dev.sluice.records.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Made-up keys of the right shapes: none was ever one. */
final class Samples {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Samples() {}

  static String base62(int seed, int length) {
    RandomStream random = new RandomStream(seed);
    StringBuilder text = new StringBuilder("a1B2");
    while (text.length() < length) {
      text.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return text.toString();
  }

  static String hex(int seed, int length) {
    RandomStream random = new RandomStream(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(Integer.toHexString(random.nextInt(16)));
    }
    return text.toString();
  }

  /** A token with the checksum that GitHub documents. */
  static String checked(String prefix, String entropy) {
    CRC32 crc = new CRC32();
    crc.update(entropy.getBytes(StandardCharsets.US_ASCII));
    StringBuilder sum = new StringBuilder();
    for (long left = crc.getValue(); sum.length() < 6; left /= 62) {
      sum.insert(0, BASE62.charAt((int) (left % 62)));
    }
    return prefix + entropy + sum;
  }

  static String jwt(String header) {
    return base64(header) + "." + base64("{\"sub\":\"1\"}") + "." + base62(9, 43);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String privateKey(String label) {
    return "-----BEGIN %s-----\n%s\n%s\n-----END %s-----"
        .formatted(label, base62(1, 64), base62(2, 64), label);
  }

  /** A secret of each shape, by a name for it. */
  static Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    secrets.put("github classic", checked("ghp_", base62(3, 30)));
    secrets.put("github oauth", checked("gho_", base62(4, 30)));
    secrets.put("github server", checked("ghs_", base62(5, 30)));
    secrets.put("github fine-grained", "github_pat_" + base62(6, 22) + "_" + base62(7, 59));
    secrets.put("npm", checked("npm_", base62(8, 30)));
    secrets.put("gitlab", "glpat-" + base62(9, 20));
    secrets.put("aws access key", "AKIA" + "Q2W3E4R5T6Y7U2I3");
    secrets.put("aws session key", "ASIA" + "Q2W3E4R5T6Y7U2I3");
    secrets.put("slack", "xoxb-" + "123456789012-123456789012-" + base62(10, 24));
    secrets.put("openai", "sk-" + base62(11, 48));
    secrets.put("openai project", "sk-proj-" + base62(12, 40) + "_" + base62(13, 40));
    secrets.put("anthropic", "sk-ant-api03-" + base62(14, 60) + "-" + base62(15, 32) + "AA");
    secrets.put("deepseek", "sk-" + hex(16, 32));
    secrets.put("google", "AIza" + base62(17, 35));
    secrets.put("hugging face", "hf_" + base62(18, 34));
    secrets.put("stripe", "sk_live_" + base62(19, 24));
    secrets.put("groq", "gsk_" + base62(20, 52));
    secrets.put("sendgrid", "SG." + base62(21, 22) + "." + base62(22, 43));
    secrets.put("pypi", "pypi-AgE" + base62(23, 80));
    secrets.put("databricks", "dapi" + hex(24, 32));
    secrets.put("jwt", jwt("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"));
    secrets.put("rsa", privateKey("RSA PRIVATE KEY"));
    secrets.put("pkcs 8", privateKey("PRIVATE KEY"));
    secrets.put("openssh", privateKey("OPENSSH PRIVATE KEY"));
    secrets.put("pgp", privateKey("PGP PRIVATE KEY BLOCK"));
    secrets.put("escaped", privateKey("EC PRIVATE KEY").replace("\n", "\\n"));
    return secrets;
  }
}
