package athanor.diffusion.lora;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two hashes by which galleries know a LoRA. Both are taken of the file as it would be with only the {@code ss_*}
 * part of its metadata:
 *
 * <ul>
 *   <li>{@code sshs_model_hash}: SHA-256 of the tensors' bytes, so that a change of metadata leaves it alone;
 *   <li>{@code sshs_legacy_hash}: the first eight digits of the SHA-256 of 64 KiB from the first mebibyte on (of
 *       nothing, where the file is smaller).
 * </ul>
 */
final class LoraHashes {

    private static final int LEGACY_START = 0x100000;
    private static final int LEGACY_BYTES = 0x10000;

    private LoraHashes() {}

    static Map<String, String> of(byte[] file) {
        int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int data = 8 + header;
        int legacyStart = Math.min(LEGACY_START, file.length);
        int legacyEnd = Math.min(LEGACY_START + LEGACY_BYTES, file.length);
        return Map.of(
                "sshs_model_hash", sha256(file, data, file.length - data),
                "sshs_legacy_hash",
                        sha256(file, legacyStart, legacyEnd - legacyStart).substring(0, 8));
    }

    static Map<String, String> relevant(Map<String, String> metadata) {
        Map<String, String> relevant = new TreeMap<>(metadata);
        relevant.keySet().removeIf(key -> !key.startsWith("ss_"));
        return relevant;
    }

    private static String sha256(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
