package athanor.tinybase.world;

/** The two nouns of the world; {@code person} stands for either. */
public enum Gender implements Worded {
    WOMAN("woman"),
    MAN("man");

    private final String word;

    Gender(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
