package athanor.preprocess;

import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PreparedPicture;
import java.util.List;

/**
 * What holds the class where the base has it, of pictures that are there before the base renders any.
 *
 * @param fates one for each picture
 * @param pairs which head stands against which of them
 * @param sentences what its owner should know
 */
record PriorPictures(
        List<PreparedPicture> pictures, List<PictureFate> fates, List<HeadPair> pairs, List<String> sentences) {

    static final PriorPictures NONE = new PriorPictures(List.of(), List.of(), List.of(), List.of());
}
