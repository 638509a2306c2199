package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;

/**
 * One picture of the class, rendered by the base model.
 *
 * @param picture PNG
 */
public record ClassPicture(ObjectRef picture, String prompt, Size size, long seed) {

    public ClassPicture {
        Check.present(picture, "picture");
        Check.text(prompt, "prompt");
        Check.present(size, "size");
    }
}
