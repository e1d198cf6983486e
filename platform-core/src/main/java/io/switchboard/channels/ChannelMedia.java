package io.switchboard.channels;

import io.switchboard.kernel.TenantId;

/** The way to the files that customers send through one provider. One try per call: repeating is the turn's business. */
public interface ChannelMedia extends ChannelPort {

    /** WhatsApp's own <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types">limit</a> of a recording; pictures have less. */
    int LONGEST_FILE = 16 << 20;

    /** Blocks its thread for some seconds at most; never called inside a transaction. */
    MediaFetch fetch(TenantId tenant, Channel channel, MediaReference media);
}
