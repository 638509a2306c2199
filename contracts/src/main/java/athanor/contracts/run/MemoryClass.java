package athanor.contracts.run;

/** How much accelerator memory a training needs; one work queue each. The number is GiB. */
public enum MemoryClass {
    /** No accelerator. */
    CPU,
    G8,
    G12,
    G16,
    G24,
    G48,
    G80;

    /** End of the queue's topic name: {@code cpu}, {@code g8}, ... */
    public String topicSuffix() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
