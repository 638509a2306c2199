package athanor.tinybase.measure;

/**
 * What a preset of the recipe comes to for this base and a person. Written down here because this module knows no recipes; a test
 * that knows them holds the two together.
 *
 * @param rank of the LoRA, and its alpha
 * @param learningRate of UNet and text encoder
 */
public record MeasuredPreset(String name, int steps, int rank, double learningRate, int warmUp) {

    public static final MeasuredPreset QUICK = new MeasuredPreset("quick", 150, 4, 0.0071, 7);
    public static final MeasuredPreset BALANCED = new MeasuredPreset("balanced", 300, 8, 0.005, 15);
    public static final MeasuredPreset THOROUGH = new MeasuredPreset("thorough", 600, 16, 0.0035, 30);

    /** To see what the rate is worth. */
    MeasuredPreset atRate(String otherName, double rate) {
        return new MeasuredPreset(otherName, steps, rank, rate, warmUp);
    }
}
