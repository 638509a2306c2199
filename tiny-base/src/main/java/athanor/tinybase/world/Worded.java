package athanor.tinybase.world;

/** An attribute that captions can name. */
public interface Worded {
    /** @return the words a caption uses, lower case */
    String word();
}
