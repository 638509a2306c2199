package athanor.store;

/** An object as a listing names it. */
public record Listed(String key, long bytes) {}
