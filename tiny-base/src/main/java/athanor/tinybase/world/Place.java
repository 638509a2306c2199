package athanor.tinybase.world;

/** Where the person stands. */
public enum Place implements Worded {
    PARK("in the park"),
    ROOM("in a room"),
    BEACH("at the beach"),
    STREET("on the street");

    private final String word;

    Place(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
