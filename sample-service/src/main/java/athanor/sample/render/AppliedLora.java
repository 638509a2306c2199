package athanor.sample.render;

/**
 * A LoRA and how much it counts.
 *
 * @param sha256 of the file; names it in the cache
 * @param file its bytes, a safetensors file
 * @param strength 1 is as trained
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash, never by the array
public record AppliedLora(String sha256, byte[] file, double strength) {}
