// Made from server/openapi.json by openapi-typescript: npm run api --workspace @provenance/schema-tests
// Types alone: what a server answers is read by hand, as any stranger's text is.

export interface paths {
    "/api/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells what the credential in a file proves.
         * @description The file is the body, of any media type, or the part "file" of a form; a form may have a detached manifest store in its part "manifest". The answer is the report that the command line writes, without the name of the file. A file whose credential is broken is an answer too: 200. Nothing is kept of the file but its label, if its digest was asked for.
         */
        post: operations["verifyFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verify-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetches a file from the web and tells what its credential proves.
         * @description Switched off unless whoever runs the server allows it. Only public addresses are fetched, over https; why one was not is not told.
         */
        post: operations["verifyUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells the labels of up to 100 files that were checked before.
         * @description From memory alone: nothing is fetched and nothing is checked. A label holds for the bytes with that digest, under the trust lists of now.
         */
        post: operations["rememberedLabels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names the trust lists that this server hands on. */
        get: operations["trustLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust-lists.p7s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signature over the index.
         * @description Detached CMS (RFC 5652), where whoever runs the server has set a key; not found otherwise.
         */
        get: operations["trustListsSignature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A trust list, byte for byte as it is installed. */
        get: operations["trustList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust-lists/{id}.p7s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signature over a trust list.
         * @description Detached CMS (RFC 5652), where whoever runs the server has set a key; not found otherwise.
         */
        get: operations["trustListSignature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/byBinding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Looks up which manifests are registered for a soft binding.
         * @description A match says that a manifest was registered for content that is marked so or looks alike. Its hard binding is about other bytes than those that anybody has before them.
         */
        get: operations["matchesByBinding"];
        put?: never;
        /** The same for a long value, or one that is not to stand in an address. */
        post: operations["matchesByLargeBinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/byContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Looks up what a file says of itself.
         * @description The credential and the soft bindings inside, and the hint; no watermark is read and no fingerprint is made. Whoever sends a file shows it, so this is switched off unless whoever runs the server allows it.
         */
        post: operations["matchesByContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/matches/byReference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for a file on the web.
         * @description Switched off unless whoever runs the server allows it.
         */
        post: operations["matchesByReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/manifests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers a manifest store, so that files that lost it can be found to belong to it.
         * @description The body, or the part "file" of a form, is the store (.c2pa) or a file that holds it. A form may have the store of a file without one in its part "manifest", and in "fingerprints" a list of what finds it: [{"alg", "value"}], values in Base64. Values of watermarks are taken from the credential alone. Signature and hashes have to hold, and the store may hold nothing but manifests.
         */
        post: operations["publishManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/manifests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A registered manifest store.
         * @description That it is registered says nothing of any file that somebody has: whoever gets it checks it.
         */
        get: operations["manifest"];
        put?: never;
        post?: never;
        /**
         * Withdraws a registration of the same key.
         * @description The store and what finds it are deleted. The key that withdrew it cannot register it again; another key can, unless whoever runs the server withdrew it.
         */
        delete: operations["withdrawManifest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/manifests/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receipts are not kept here. */
        get: operations["receipts"];
        put?: never;
        /** Receipts are not kept here. */
        post: operations["addReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/supportedAlgorithms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The algorithms whose values can be looked up. */
        get: operations["supportedAlgorithms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the service works. */
        get: operations["serviceStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which optional parts of the API there are. */
        get: operations["serviceCapabilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/c2pa-soft-binding-resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the Soft Binding Resolution API is. */
        get: operations["discovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lookups/pdq": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives everything that shares some slots of a PDQ hash, so that the client compares itself.
         * @description The client sends a few of the 16 slots of its hash, and decoys. No request carries half of the hash. Of a bucket at most 4,096 entries are given.
         */
        post: operations["lookUpPdq"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lookups/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells which manifests entries of a private look-up stand for. */
        post: operations["lookUpEntries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fingerprints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All PDQ fingerprints at once, so that nobody need ask for one.
         * @description For small sets; switched off unless whoever runs the server allows it.
         */
        get: operations["fingerprints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fingerprints.p7s": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signature over all PDQ fingerprints.
         * @description Detached CMS (RFC 5652), where whoever runs the server has set a key; not found otherwise.
         */
        get: operations["fingerprintsSignature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @enum {unknown} */
            type: "/api#bad-request" | "/api#key-needed" | "/api#forbidden" | "/api#foreign-origin" | "/api#not-found" | "/api#method-not-allowed" | "/api#not-acceptable" | "/api#too-slow" | "/api#conflict" | "/api#length-needed" | "/api#too-large" | "/api#address-too-long" | "/api#unsupported-media-type" | "/api#unknown-host" | "/api#not-processable" | "/api#not-fetched" | "/api#too-many-requests" | "/api#headers-too-large" | "/api#fault" | "/api#unknown-method" | "/api#not-offered" | "/api#busy" | "/api#time-over" | "/api#storage-unavailable" | "/api#storage-full";
            title: string;
            status: number;
            /** @description What to do about it. */
            detail?: string;
        };
        UrlRequest: {
            /** @description https alone. */
            url: string;
        };
        LabelsRequest: {
            items: string[];
        };
        /**
         * @description docs/labels.md says what each means.
         * @enum {unknown}
         */
        Label: "intact-known" | "intact-unknown-issuer" | "intact-time-unproven" | "revoked" | "broken" | "unreadable" | "not-checked" | "none";
        Labels: {
            /** @description null where none is remembered. */
            labels: (components["schemas"]["Label"] | null)[];
            /** @description Changes with any byte of any trust list. */
            trustVersion: string;
        };
        TrustLists: {
            /** @constant */
            format: "provenance-trust-lists";
            /** @constant */
            version: 1;
            /**
             * Format: date-time
             * @description Made anew every day.
             */
            issued: string;
            /** @description Rises with every change of what is handed on. */
            sequence: number;
            /** @description Where the signature over these bytes is; absent where nobody signs. */
            signature?: string;
            lists: components["schemas"]["TrustList"][];
        };
        TrustList: {
            name: string;
            /** @enum {unknown} */
            role: "any" | "anchors" | "time-stamp-anchors" | "identity-anchors" | "incidents";
            /** @description On the same server. */
            url: string;
            sha256: string;
            /** Format: date-time */
            date: string;
            sequence: number;
            source?: string;
            signature?: string;
        };
        BindingQuery: {
            alg: string;
            /** @description Base64. */
            value: string;
        };
        ContentReference: {
            referenceUrl: string;
            assetLength?: number;
            assetType?: string;
            /** @description Not used here. */
            region?: unknown;
        };
        Matches: {
            matches: {
                manifestId: string;
                similarityScore?: number;
            }[];
        };
        Published: {
            manifestId: string;
            bindings: {
                alg: string;
                /** @enum {unknown} */
                source: "credential" | "publisher";
            }[];
        };
        Algorithm: {
            alg: string;
        };
        SupportedAlgorithms: {
            watermarks: components["schemas"]["Algorithm"][];
            fingerprints: components["schemas"]["Algorithm"][];
        };
        ServiceStatus: {
            /** @enum {unknown} */
            status: "ok" | "degraded";
            /** Format: date-time */
            timestamp: string;
        };
        ServiceCapabilities: {
            c2paSpecificationVersion: string;
            supportedCapabilities: string[];
        };
        Discovery: {
            apiEndpoint: string;
            c2paSpecificationVersion: string;
            capabilitiesEndpoint?: string;
            statusEndpoint?: string;
        };
        LookupRequest: {
            pairs: components["schemas"]["Slot"][];
            /**
             * @description 1: entries whose slot differs in one bit, too.
             * @enum {unknown}
             */
            radius?: 0 | 1;
        };
        Slot: {
            slot: number;
            value: string;
        };
        Buckets: {
            entries: [
                number,
                string
            ][];
            cut: components["schemas"]["Slot"][];
        };
        EntriesRequest: {
            ids: number[];
        };
        Entries: {
            entries: {
                id: number;
                manifestId: string;
            }[];
        };
        Fingerprints: {
            version: number;
            alg: string;
            /** Format: date-time */
            issued: string;
            sequence: number;
            entries: [
                string,
                string
            ][];
        };
    };
    responses: {
        /** @description bad-request: The request is not understood. */
        400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description key-needed: This needs a key that this server knows. */
        401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description forbidden: This is not for whoever asks. Or: foreign-origin: Pages of that origin may not ask this server. */
        403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not-found: There is nothing at this address. */
        404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description method-not-allowed: This address does not take this method. */
        405: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not-acceptable: There is no answer of a media type that the request accepts. */
        406: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description too-slow: The request took too long to arrive. */
        408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description conflict: This is at odds with what is already here. */
        409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description length-needed: The request has to say how long its body is. */
        411: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description too-large: The body is larger than this server takes. */
        413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description address-too-long: The address is longer than this server reads. */
        414: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description unsupported-media-type: A body of this media type or encoding is not taken here. */
        415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description unknown-host: This server does not answer for this host name. */
        421: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description not-processable: The request is understood, but what it holds cannot be used. Or: not-fetched: This URL could not be fetched, or may not be. */
        422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description too-many-requests: More was asked than is answered in this time. */
        429: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description headers-too-large: The headers are larger than this server reads. */
        431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description fault: The server made a mistake. */
        500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description unknown-method: No address of this server takes this method. Or: not-offered: This server does not offer this. */
        501: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description busy: The server is busy. Or: time-over: The answer would have taken longer than this server works on one. Or: storage-unavailable: What this server keeps cannot be reached just now. */
        503: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description storage-full: This server has no room left to keep anything. */
        507: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    verifyFile: {
        parameters: {
            query?: {
                /** @description json is this project's report, the others are the forms of other tools; html is a page to be kept. */
                format?: "json" | "c2patool" | "crjson" | "html";
                /** @description The language of html. */
                lang?: "en" | "ko";
                /** @description Whether the report has the SHA-256 of the whole file; its label is then remembered under it for a while. */
                digest?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "image/jpeg": unknown;
                "image/png": unknown;
                "image/apng": unknown;
                "image/webp": unknown;
                "audio/wav": unknown;
                "audio/vnd.wave": unknown;
                "audio/wave": unknown;
                "audio/x-wav": unknown;
                "video/x-msvideo": unknown;
                "video/avi": unknown;
                "video/msvideo": unknown;
                "application/x-troff-msvideo": unknown;
                "image/gif": unknown;
                "image/heic": unknown;
                "image/heic-sequence": unknown;
                "image/avif": unknown;
                "image/heif": unknown;
                "image/heif-sequence": unknown;
                "video/quicktime": unknown;
                "audio/mp4": unknown;
                "video/3gpp": unknown;
                "video/3gpp2": unknown;
                "audio/3gpp": unknown;
                "audio/3gpp2": unknown;
                "video/mp4": unknown;
                "application/mp4": unknown;
                "image/tiff": unknown;
                "image/x-adobe-dng": unknown;
                "image/dng": unknown;
                "image/x-nikon-nef": unknown;
                "image/x-sony-arw": unknown;
                "image/x-canon-cr2": unknown;
                "audio/ogg": unknown;
                "video/ogg": unknown;
                "application/ogg": unknown;
                "audio/opus": unknown;
                "audio/vorbis": unknown;
                "audio/midi": unknown;
                "audio/x-midi": unknown;
                "audio/mid": unknown;
                "audio/flac": unknown;
                "audio/x-flac": unknown;
                "audio/aac": unknown;
                "audio/aacp": unknown;
                "audio/mpeg": unknown;
                "audio/mp3": unknown;
                "audio/mpeg3": unknown;
                "image/jxl": unknown;
                "image/x-jxl-codestream": unknown;
                "image/jp2": unknown;
                "image/jpx": unknown;
                "image/bmp": unknown;
                "image/vnd.microsoft.icon": unknown;
                "image/x-icon": unknown;
                "image/vnd.adobe.photoshop": unknown;
                "video/matroska": unknown;
                "video/webm": unknown;
                "audio/webm": unknown;
                "application/gzip": unknown;
                "font/collection": unknown;
                "font/woff": unknown;
                "font/woff2": unknown;
                "application/c2pa": unknown;
                "application/x-c2pa-manifest-store": unknown;
                "font/ttf": unknown;
                "font/otf": unknown;
                "application/zip": unknown;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                "application/vnd.openxmlformats-officedocument.presentationml.presentation": unknown;
                "application/oxps": unknown;
                "application/epub+zip": unknown;
                "application/vnd.oasis.opendocument.text": unknown;
                "application/vnd.oasis.opendocument.spreadsheet": unknown;
                "application/vnd.oasis.opendocument.presentation": unknown;
                "application/vnd.oasis.opendocument.graphics": unknown;
                "application/pdf": unknown;
                "application/vnd.apache.parquet": unknown;
                "application/warc": unknown;
                "image/vnd.blockfact.facti": unknown;
                "audio/vnd.blockfact.facta": unknown;
                "video/vnd.blockfact.factv": unknown;
                "application/vnd.safetensors": unknown;
                "application/onnx": unknown;
                "image/svg+xml": unknown;
                "application/ttml+xml": unknown;
                "text/html": unknown;
                "application/xhtml+xml": unknown;
                "text/plain": unknown;
                "text/markdown": unknown;
                "text/csv": unknown;
                "application/jsonl": unknown;
                "application/json": unknown;
                "application/xml": unknown;
                "text/xml": unknown;
                "multipart/form-data": {
                    /** @description The file. */
                    file: unknown;
                    /** @description A manifest store that belongs to it (application/c2pa). */
                    manifest?: unknown;
                };
            };
        };
        responses: {
            /** @description The report, in the form that was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/html": string;
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    verifyUrl: {
        parameters: {
            query?: {
                /** @description As for /api/v1/verify. */
                format?: "json" | "c2patool" | "crjson" | "html";
                /** @description The language of html. */
                lang?: "en" | "ko";
                /** @description Whether the report has the SHA-256 of the whole file. */
                digest?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UrlRequest"];
            };
        };
        responses: {
            /** @description The report, in the form that was asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/html": string;
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    rememberedLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelsRequest"];
            };
        };
        responses: {
            /** @description A label for each item, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Labels"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    trustLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The index. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustLists"];
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    trustListsSignature: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signature. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pkcs7-signature": unknown;
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    trustList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The end of its address in the index. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/x-pem-file": unknown;
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    trustListSignature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The end of the list's address in the index. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signature. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pkcs7-signature": unknown;
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    matchesByBinding: {
        parameters: {
            query?: {
                /** @description The algorithm's identifier in C2PA's list. */
                alg?: string;
                /** @description The value, Base64. */
                value?: string;
                /** @description How many at most. */
                maxResults?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matches"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            414: components["responses"]["414"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    matchesByLargeBinding: {
        parameters: {
            query?: {
                /** @description How many at most. */
                maxResults?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindingQuery"];
            };
        };
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matches"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    matchesByContent: {
        parameters: {
            query?: {
                /** @description Only soft bindings of this algorithm. */
                alg?: string;
                /** @description The algorithm of a soft binding that the client found itself. */
                hintAlg?: string;
                /** @description Its value, Base64. */
                hintValue?: string;
                /** @description How many at most. */
                maxResults?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "image/jpeg": unknown;
                "image/png": unknown;
                "image/apng": unknown;
                "image/webp": unknown;
                "audio/wav": unknown;
                "audio/vnd.wave": unknown;
                "audio/wave": unknown;
                "audio/x-wav": unknown;
                "video/x-msvideo": unknown;
                "video/avi": unknown;
                "video/msvideo": unknown;
                "application/x-troff-msvideo": unknown;
                "image/gif": unknown;
                "image/heic": unknown;
                "image/heic-sequence": unknown;
                "image/avif": unknown;
                "image/heif": unknown;
                "image/heif-sequence": unknown;
                "video/quicktime": unknown;
                "audio/mp4": unknown;
                "video/3gpp": unknown;
                "video/3gpp2": unknown;
                "audio/3gpp": unknown;
                "audio/3gpp2": unknown;
                "video/mp4": unknown;
                "application/mp4": unknown;
                "image/tiff": unknown;
                "image/x-adobe-dng": unknown;
                "image/dng": unknown;
                "image/x-nikon-nef": unknown;
                "image/x-sony-arw": unknown;
                "image/x-canon-cr2": unknown;
                "audio/ogg": unknown;
                "video/ogg": unknown;
                "application/ogg": unknown;
                "audio/opus": unknown;
                "audio/vorbis": unknown;
                "audio/midi": unknown;
                "audio/x-midi": unknown;
                "audio/mid": unknown;
                "audio/flac": unknown;
                "audio/x-flac": unknown;
                "audio/aac": unknown;
                "audio/aacp": unknown;
                "audio/mpeg": unknown;
                "audio/mp3": unknown;
                "audio/mpeg3": unknown;
                "image/jxl": unknown;
                "image/x-jxl-codestream": unknown;
                "image/jp2": unknown;
                "image/jpx": unknown;
                "image/bmp": unknown;
                "image/vnd.microsoft.icon": unknown;
                "image/x-icon": unknown;
                "image/vnd.adobe.photoshop": unknown;
                "video/matroska": unknown;
                "video/webm": unknown;
                "audio/webm": unknown;
                "application/gzip": unknown;
                "font/collection": unknown;
                "font/woff": unknown;
                "font/woff2": unknown;
                "application/c2pa": unknown;
                "application/x-c2pa-manifest-store": unknown;
                "font/ttf": unknown;
                "font/otf": unknown;
                "application/zip": unknown;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                "application/vnd.openxmlformats-officedocument.presentationml.presentation": unknown;
                "application/oxps": unknown;
                "application/epub+zip": unknown;
                "application/vnd.oasis.opendocument.text": unknown;
                "application/vnd.oasis.opendocument.spreadsheet": unknown;
                "application/vnd.oasis.opendocument.presentation": unknown;
                "application/vnd.oasis.opendocument.graphics": unknown;
                "application/pdf": unknown;
                "application/vnd.apache.parquet": unknown;
                "application/warc": unknown;
                "image/vnd.blockfact.facti": unknown;
                "audio/vnd.blockfact.facta": unknown;
                "video/vnd.blockfact.factv": unknown;
                "application/vnd.safetensors": unknown;
                "application/onnx": unknown;
                "image/svg+xml": unknown;
                "application/ttml+xml": unknown;
                "text/html": unknown;
                "application/xhtml+xml": unknown;
                "text/plain": unknown;
                "text/markdown": unknown;
                "text/csv": unknown;
                "application/jsonl": unknown;
                "application/json": unknown;
                "application/xml": unknown;
                "text/xml": unknown;
            };
        };
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matches"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    matchesByReference: {
        parameters: {
            query?: {
                /** @description Only soft bindings of this algorithm. */
                alg?: string;
                /** @description The algorithm of a soft binding that the client found itself. */
                hintAlg?: string;
                /** @description Its value, Base64. */
                hintValue?: string;
                /** @description How many at most. */
                maxResults?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContentReference"];
            };
        };
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matches"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    publishManifest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "image/jpeg": unknown;
                "image/png": unknown;
                "image/apng": unknown;
                "image/webp": unknown;
                "audio/wav": unknown;
                "audio/vnd.wave": unknown;
                "audio/wave": unknown;
                "audio/x-wav": unknown;
                "video/x-msvideo": unknown;
                "video/avi": unknown;
                "video/msvideo": unknown;
                "application/x-troff-msvideo": unknown;
                "image/gif": unknown;
                "image/heic": unknown;
                "image/heic-sequence": unknown;
                "image/avif": unknown;
                "image/heif": unknown;
                "image/heif-sequence": unknown;
                "video/quicktime": unknown;
                "audio/mp4": unknown;
                "video/3gpp": unknown;
                "video/3gpp2": unknown;
                "audio/3gpp": unknown;
                "audio/3gpp2": unknown;
                "video/mp4": unknown;
                "application/mp4": unknown;
                "image/tiff": unknown;
                "image/x-adobe-dng": unknown;
                "image/dng": unknown;
                "image/x-nikon-nef": unknown;
                "image/x-sony-arw": unknown;
                "image/x-canon-cr2": unknown;
                "audio/ogg": unknown;
                "video/ogg": unknown;
                "application/ogg": unknown;
                "audio/opus": unknown;
                "audio/vorbis": unknown;
                "audio/midi": unknown;
                "audio/x-midi": unknown;
                "audio/mid": unknown;
                "audio/flac": unknown;
                "audio/x-flac": unknown;
                "audio/aac": unknown;
                "audio/aacp": unknown;
                "audio/mpeg": unknown;
                "audio/mp3": unknown;
                "audio/mpeg3": unknown;
                "image/jxl": unknown;
                "image/x-jxl-codestream": unknown;
                "image/jp2": unknown;
                "image/jpx": unknown;
                "image/bmp": unknown;
                "image/vnd.microsoft.icon": unknown;
                "image/x-icon": unknown;
                "image/vnd.adobe.photoshop": unknown;
                "video/matroska": unknown;
                "video/webm": unknown;
                "audio/webm": unknown;
                "application/gzip": unknown;
                "font/collection": unknown;
                "font/woff": unknown;
                "font/woff2": unknown;
                "application/c2pa": unknown;
                "application/x-c2pa-manifest-store": unknown;
                "font/ttf": unknown;
                "font/otf": unknown;
                "application/zip": unknown;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": unknown;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                "application/vnd.openxmlformats-officedocument.presentationml.presentation": unknown;
                "application/oxps": unknown;
                "application/epub+zip": unknown;
                "application/vnd.oasis.opendocument.text": unknown;
                "application/vnd.oasis.opendocument.spreadsheet": unknown;
                "application/vnd.oasis.opendocument.presentation": unknown;
                "application/vnd.oasis.opendocument.graphics": unknown;
                "application/pdf": unknown;
                "application/vnd.apache.parquet": unknown;
                "application/warc": unknown;
                "image/vnd.blockfact.facti": unknown;
                "audio/vnd.blockfact.facta": unknown;
                "video/vnd.blockfact.factv": unknown;
                "application/vnd.safetensors": unknown;
                "application/onnx": unknown;
                "image/svg+xml": unknown;
                "application/ttml+xml": unknown;
                "text/html": unknown;
                "application/xhtml+xml": unknown;
                "text/plain": unknown;
                "text/markdown": unknown;
                "text/csv": unknown;
                "application/jsonl": unknown;
                "application/json": unknown;
                "application/xml": unknown;
                "text/xml": unknown;
                "multipart/form-data": {
                    /** @description The store, or a file that holds it. */
                    file: unknown;
                    /** @description The store, if the file holds none. */
                    manifest?: unknown;
                    /** @description A list of objects with alg and value, as JSON. */
                    fingerprints?: unknown;
                };
            };
        };
        responses: {
            /** @description It was registered before. Its bindings are those of then: further fingerprints are not added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Published"];
                };
            };
            /** @description It is registered; Location has its address. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Published"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
            507: components["responses"]["507"];
        };
    };
    manifest: {
        parameters: {
            query?: {
                /** @description Only the active manifest, without those that it was made from. */
                returnActiveManifest?: boolean;
            };
            header?: never;
            path: {
                /** @description The label of its active manifest, escaped. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The store. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/c2pa": unknown;
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    withdrawManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The label of its active manifest, escaped. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is withdrawn. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    receipts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The label of an active manifest. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    addReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The label of an active manifest. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    supportedAlgorithms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Watermarks and fingerprints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportedAlgorithms"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    serviceStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description "degraded" while the database cannot be read or written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceStatus"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    serviceCapabilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version of the standard, and the parts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceCapabilities"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    discovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Addresses on this server. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Discovery"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    lookUpPdq: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookupRequest"];
            };
        };
        responses: {
            /** @description Entries, each a number and its hash (Base64); "cut" names buckets that hold more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Buckets"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    lookUpEntries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntriesRequest"];
            };
        };
        responses: {
            /** @description Those that were withdrawn since are missing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entries"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    fingerprints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each entry is a hash (Base64) and the label of a manifest. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fingerprints"];
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
    fingerprintsSignature: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signature. */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pkcs7-signature": unknown;
                };
            };
            /** @description The caller has it already (If-None-Match). */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            421: components["responses"]["421"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            501: components["responses"]["501"];
            503: components["responses"]["503"];
        };
    };
}
