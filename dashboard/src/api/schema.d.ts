/** Made by types.mjs from the API's document. */
export interface paths {
    "/app/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in, and in which orgs they have a role
         * @description Anyone may call this.
         */
        get: operations["getAppMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the session of the app, or all sessions of the person
         * @description Every signed-in caller may call this.
         */
        post: operations["postAppSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The balance of an org, now or as it was recorded before a time
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries of an org, newest first: by pages, or all of them as CSV
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit packs that can be bought
         * @description Every signed-in caller may call this.
         */
        get: operations["getTreasuryPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The senders of an org, newest first
         * @description For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        get: operations["getTreasurySenders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/register-sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Binds an address that the org sends from
         * @description For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["postTreasuryRegisterSender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unbinds a sender
         * @description For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        delete: operations["deleteTreasurySendersId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The deposits of an org, each with its progress towards credit
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a transaction was or was not credited
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryDepositsTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The holds of an org, newest first
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The orders of an org, newest first
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes the notes on an order
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["patchTreasuryOrdersId"];
        trace?: never;
    };
    "/treasury/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels an order that nothing was paid for
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postTreasuryOrdersIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a card checkout for a pack or an amount
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postTreasuryCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings of an org
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getTreasurySettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes thresholds and what a free gift card pays for
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["patchTreasurySettings"];
        trace?: never;
    };
    "/treasury/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The statement of a month or another period: opening, movements by type and service, closing
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The orgs, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminOrgs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every deposit of the deployment, by state
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assigns an unmatched deposit to an org
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminDepositsIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a deposit aside
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminDepositsIdIgnore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bookings above the limit that were requested, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves somebody else's booking, which is then written
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postAdminApprovalsIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rejects a booking
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminApprovalsIdReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The state of every configured chain
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminChains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether chains, card rails, deposits and books agree
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What operators did, newest first: who, what, before, after
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminAudit"];
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
        /**
         * @description The service that is charged.
         * @enum {string}
         */
        ServiceType: "SKU_PURCHASE" | "GIFT_CARD" | "AI_API" | "GAS_SUBSIDY" | "ORG_CHARGE" | "FEATURE";
        Entry: {
            id: string;
            commandId: string;
            /** @enum {string} */
            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
            serviceType: string | null;
            /** @example 10.50 */
            amountUsd: string;
            /** @example 10.50 */
            availableDeltaUsd: string;
            /** @example 10.50 */
            heldDeltaUsd: string;
            /** @example 10.50 */
            availableAfterUsd: string;
            /** @example 10.50 */
            heldAfterUsd: string;
            giftCardsDelta: number;
            giftCardsAvailableAfter: number;
            giftCardsHeldAfter: number;
            idempotencyKey: string | null;
            lotId: string | null;
            lotLeftUsd: string | null;
            holdId: string | null;
            depositId: string | null;
            orderId: string | null;
            txHash: string | null;
            chain: string | null;
            reference: string | null;
            description: string | null;
            appId: string | null;
            userId: string | null;
            teamId: string | null;
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAppMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            user: string;
                            isPlatformAdmin: boolean;
                            isPlatformFinance: boolean;
                        } | null;
                        orgs: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            externalId: string | null;
                            /** @enum {string} */
                            role: "owner" | "admin" | "finance" | "member" | "viewer";
                        }[];
                        csrfToken: string | null;
                        session: {
                            provenAt: string | null;
                            /** Format: date-time */
                            expiresAt: string;
                        } | null;
                        signInPath: string | null;
                    };
                };
            };
        };
    };
    postAppSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Ends all sessions of the person.
                     * @default false
                     */
                    everywhere?: boolean;
                };
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTreasuryBalance: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 10.50 */
                        totalUsd: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        /** @example 10.50 */
                        pendingUsd: string;
                        /** @example 10.50 */
                        debtUsd: string;
                        /** @example 10.50 */
                        frozenUsd: string;
                        freeGiftCards: number;
                        /** @enum {string} */
                        status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                        lowBalanceThresholdUsd: string | null;
                        criticalThresholdUsd: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        at: string;
                    };
                };
            };
        };
    };
    getTreasuryLedger: {
        parameters: {
            query?: {
                format?: "json" | "csv";
                type?: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                serviceType?: components["schemas"]["ServiceType"];
                appId?: string;
                reference?: string;
                idempotencyKey?: string;
                holdId?: string;
                metadata?: {
                    [key: string]: string;
                };
                from?: string;
                to?: string;
                limit?: string;
                cursor?: string;
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["Entry"][];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getTreasuryPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        packs: {
                            id: string;
                            name: string;
                            /** @example 10.50 */
                            amountUsd: string;
                            freeGiftCards: number;
                            tagline: string;
                            popular: boolean;
                        }[];
                    };
                };
            };
        };
    };
    getTreasurySenders: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        senders: {
                            /** Format: uuid */
                            senderId: string;
                            address: string;
                            chain: string | null;
                            chains: string[];
                            label: string | null;
                            /** @enum {string} */
                            state: "bound" | "unproven";
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            registeredAt: string;
                            provenAt: string | null;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postTreasuryRegisterSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address: string;
                    chain?: string;
                    label?: string;
                    packId?: string;
                    proof?: {
                        message: string | {
                            readonly types: {
                                [key: string]: {
                                    name: string;
                                    type: string;
                                }[];
                            };
                            primaryType: string;
                            readonly domain: {
                                [key: string]: string;
                            };
                            readonly message: {
                                [key: string]: string;
                            };
                        };
                        signature: string | string[];
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        senderId: string;
                        address: string;
                        chain: string | null;
                        chains: string[];
                        label: string | null;
                        /** @enum {string} */
                        state: "bound" | "unproven";
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        registeredAt: string;
                        provenAt: string | null;
                        creditsAddresses: {
                            chain: string;
                            address: string;
                            token: string;
                            symbol: string;
                            expectedSeconds: number | null;
                        }[];
                        expectedSeconds: number | null;
                        /** Format: uuid */
                        orderId?: string;
                        note?: string;
                        challenge?: {
                            chain: string;
                            address: string;
                            /** @enum {string} */
                            purpose: "register" | "claim";
                            txHash: string | null;
                            message: string | {
                                readonly types: {
                                    [key: string]: {
                                        name: string;
                                        type: string;
                                    }[];
                                };
                                primaryType: string;
                                readonly domain: {
                                    [key: string]: string;
                                };
                                readonly message: {
                                    [key: string]: string;
                                };
                            };
                            /** Format: date-time */
                            issuedAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                        };
                    };
                };
            };
        };
    };
    deleteTreasurySendersId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTreasuryDeposits: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deposits: {
                            /** Format: uuid */
                            id: string;
                            state: string;
                            reason: string | null;
                            /** @example 10.50 */
                            amountUsd: string;
                            chain: string;
                            token: string;
                            txHash: string;
                            ordinal: number;
                            fromAddress: string;
                            toAddress: string;
                            blockNumber: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            blockTime: string;
                            confirmations: number | null;
                            confirmationsNeeded: number | null;
                            estimatedSeconds: number | null;
                            provisional: boolean;
                            entryId: string | null;
                            orderId: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            observedAt: string;
                            creditedAt: string | null;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getTreasuryDepositsTrace: {
        parameters: {
            query: {
                tx: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        txHash: string;
                        found: boolean;
                        explanation: string;
                        transfers: {
                            /** Format: uuid */
                            id: string;
                            state: string;
                            reason: string | null;
                            amountUsd: string | null;
                            chain: string;
                            token: string;
                            txHash: string;
                            ordinal: number;
                            fromAddress: string;
                            toAddress: string;
                            blockNumber: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            blockTime: string;
                            confirmations: number | null;
                            confirmationsNeeded: number | null;
                            estimatedSeconds: number | null;
                            provisional: boolean;
                            entryId: string | null;
                            orderId: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            observedAt: string;
                            creditedAt: string | null;
                            amountUnits: string;
                            symbol: string | null;
                            /** @enum {string} */
                            outcome: "credited" | "waiting" | "not_credited" | "taken_back";
                            explanation: string;
                        }[];
                        more: boolean;
                    };
                };
            };
        };
    };
    getTreasuryHolds: {
        parameters: {
            query?: {
                state?: "open" | "captured" | "released" | "expired";
                serviceType?: components["schemas"]["ServiceType"];
                reference?: string;
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holds: {
                            holdId: string;
                            /** @enum {string} */
                            state: "open" | "captured" | "released" | "expired";
                            serviceType: string;
                            useGiftCard: boolean;
                            /** @example 10.50 */
                            amountUsd: string;
                            /** @example 10.50 */
                            leftUsd: string;
                            /** @example 10.50 */
                            capturedUsd: string;
                            reference: string | null;
                            description: string | null;
                            appId: string | null;
                            userId: string | null;
                            teamId: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            expiresAt: string | null;
                            closedAt: string | null;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getTreasuryOrders: {
        parameters: {
            query?: {
                state?: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orders: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                            reason: string | null;
                            /** @enum {string} */
                            channel: "chain" | "card" | "auto_refill";
                            packId: string | null;
                            productId: string | null;
                            /** @example 10.50 */
                            amountUsd: string;
                            priceCents: number;
                            /** @example 10.50 */
                            creditUsd: string;
                            giftCards: number;
                            refundedCents: number;
                            /** @example 10.50 */
                            takenBackUsd: string;
                            dispute: {
                                status: string;
                                dueBy: string | null;
                            } | null;
                            receiptUrl: string | null;
                            poNumber: string | null;
                            metadata: {
                                [key: string]: string;
                            };
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            expiresAt: string;
                            timeline: {
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                at: string;
                                what: string;
                                /** @enum {string} */
                                source: "api" | "chain" | "provider" | "operator" | "clock";
                            }[];
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    patchTreasuryOrdersId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    poNumber?: string | null;
                    metadata?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                        reason: string | null;
                        /** @enum {string} */
                        channel: "chain" | "card" | "auto_refill";
                        packId: string | null;
                        productId: string | null;
                        /** @example 10.50 */
                        amountUsd: string;
                        priceCents: number;
                        /** @example 10.50 */
                        creditUsd: string;
                        giftCards: number;
                        refundedCents: number;
                        /** @example 10.50 */
                        takenBackUsd: string;
                        dispute: {
                            status: string;
                            dueBy: string | null;
                        } | null;
                        receiptUrl: string | null;
                        poNumber: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        expiresAt: string;
                        timeline: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            what: string;
                            /** @enum {string} */
                            source: "api" | "chain" | "provider" | "operator" | "clock";
                        }[];
                    };
                };
            };
        };
    };
    postTreasuryOrdersIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                        reason: string | null;
                        /** @enum {string} */
                        channel: "chain" | "card" | "auto_refill";
                        packId: string | null;
                        productId: string | null;
                        /** @example 10.50 */
                        amountUsd: string;
                        priceCents: number;
                        /** @example 10.50 */
                        creditUsd: string;
                        giftCards: number;
                        refundedCents: number;
                        /** @example 10.50 */
                        takenBackUsd: string;
                        dispute: {
                            status: string;
                            dueBy: string | null;
                        } | null;
                        receiptUrl: string | null;
                        poNumber: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        expiresAt: string;
                        timeline: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            what: string;
                            /** @enum {string} */
                            source: "api" | "chain" | "provider" | "operator" | "clock";
                        }[];
                    };
                };
            };
        };
    };
    postTreasuryCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    packId?: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd?: string;
                    successUrl: string;
                    cancelUrl: string;
                    metadata?: {
                        [key: string]: string;
                    };
                    savePaymentMethod?: boolean;
                    /** @description An alternative to the Idempotency-Key header. */
                    idempotencyKey?: string;
                    /** @description An alternative to the Idempotency-Key header. */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string | null;
                        sessionId: string;
                        /** Format: uuid */
                        orderId: string;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getTreasurySettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lowBalanceThresholdUsd: string | null;
                        criticalThresholdUsd: string | null;
                        /** @example 10.50 */
                        freeGiftCardMaxUsd: string;
                    };
                };
            };
        };
    };
    patchTreasurySettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lowBalanceThresholdUsd?: string | null;
                    criticalThresholdUsd?: string | null;
                    /** @description Decimal USD as a string, such as `5.00`; may be zero. */
                    freeGiftCardMaxUsd?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lowBalanceThresholdUsd: string | null;
                        criticalThresholdUsd: string | null;
                        /** @example 10.50 */
                        freeGiftCardMaxUsd: string;
                    };
                };
            };
        };
    };
    getTreasuryStatement: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        orgId: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        to: string;
                        timeZone: string;
                        /** @description True while the period may still get entries. */
                        open: boolean;
                        /** @description When it was read; null for a period that is closed. */
                        asOf: string | null;
                        /** @description available + held = paid + promotional - debt. */
                        opening: {
                            /** @example 10.50 */
                            availableUsd: string;
                            /** @example 10.50 */
                            heldUsd: string;
                            /** @example 10.50 */
                            paidUsd: string;
                            /** @example 10.50 */
                            promotionalUsd: string;
                            /** @example 10.50 */
                            debtUsd: string;
                            freeGiftCards: number;
                        };
                        movements: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            serviceType: string | null;
                            entries: number;
                            /** @example 10.50 */
                            availableDeltaUsd: string;
                            /** @example 10.50 */
                            heldDeltaUsd: string;
                            /** @example 10.50 */
                            paidDeltaUsd: string;
                            /** @example 10.50 */
                            promotionalDeltaUsd: string;
                            /** @example 10.50 */
                            debtDeltaUsd: string;
                            giftCardsDelta: number;
                        }[];
                        /** @description available + held = paid + promotional - debt. */
                        closing: {
                            /** @example 10.50 */
                            availableUsd: string;
                            /** @example 10.50 */
                            heldUsd: string;
                            /** @example 10.50 */
                            paidUsd: string;
                            /** @example 10.50 */
                            promotionalUsd: string;
                            /** @example 10.50 */
                            debtUsd: string;
                            freeGiftCards: number;
                        };
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminOrgs: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orgs: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            externalId: string | null;
                            metadata: {
                                [key: string]: string;
                            };
                            /** Format: uuid */
                            walletId: string;
                            suspendedAt: string | null;
                            suspendedReason: string | null;
                            /** @example 10.50 */
                            provisionalLimitUsd: string;
                            orgBilling: {
                                trusted: boolean;
                            };
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getAdminDeposits: {
        parameters: {
            query?: {
                state?: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                reason?: string;
                chain?: string;
                from?: string;
                to?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deposits: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                            reason: string | null;
                            amountUsd: string | null;
                            amountUnits: string;
                            chain: string;
                            token: string;
                            symbol: string | null;
                            txHash: string;
                            ordinal: number;
                            fromAddress: string;
                            toAddress: string;
                            blockNumber: number;
                            blockHash: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            blockTime: string;
                            org: string | null;
                            setAside: boolean;
                            assignment: {
                                /** Format: uuid */
                                org: string;
                                /** @enum {string} */
                                by: "claim" | "admin";
                                actor: string;
                                reason: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                at: string;
                            } | null;
                            entryId: string | null;
                            revision: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            observedAt: string;
                            creditedAt: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updatedAt: string;
                            acts: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                action: "assign" | "ignore" | "note";
                                actor: string;
                                words: string;
                                before: {
                                    [key: string]: unknown;
                                };
                                after: {
                                    [key: string]: unknown;
                                };
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                at: string;
                            }[];
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postAdminDepositsIdAssign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    org: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                        reason: string | null;
                        amountUsd: string | null;
                        amountUnits: string;
                        chain: string;
                        token: string;
                        symbol: string | null;
                        txHash: string;
                        ordinal: number;
                        fromAddress: string;
                        toAddress: string;
                        blockNumber: number;
                        blockHash: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        blockTime: string;
                        org: string | null;
                        setAside: boolean;
                        assignment: {
                            /** Format: uuid */
                            org: string;
                            /** @enum {string} */
                            by: "claim" | "admin";
                            actor: string;
                            reason: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                        } | null;
                        entryId: string | null;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        observedAt: string;
                        creditedAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                        acts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            action: "assign" | "ignore" | "note";
                            actor: string;
                            words: string;
                            before: {
                                [key: string]: unknown;
                            };
                            after: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                        }[];
                    };
                };
            };
        };
    };
    postAdminDepositsIdIgnore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                        reason: string | null;
                        amountUsd: string | null;
                        amountUnits: string;
                        chain: string;
                        token: string;
                        symbol: string | null;
                        txHash: string;
                        ordinal: number;
                        fromAddress: string;
                        toAddress: string;
                        blockNumber: number;
                        blockHash: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        blockTime: string;
                        org: string | null;
                        setAside: boolean;
                        assignment: {
                            /** Format: uuid */
                            org: string;
                            /** @enum {string} */
                            by: "claim" | "admin";
                            actor: string;
                            reason: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                        } | null;
                        entryId: string | null;
                        revision: number;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        observedAt: string;
                        creditedAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                        acts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            action: "assign" | "ignore" | "note";
                            actor: string;
                            words: string;
                            before: {
                                [key: string]: unknown;
                            };
                            after: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                        }[];
                    };
                };
            };
        };
    };
    getAdminApprovals: {
        parameters: {
            query?: {
                state?: "pending" | "approved" | "rejected" | "expired";
                org?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        approvals: {
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            org: string;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "expired";
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            };
                            requestedBy: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            requestedAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            expiresAt: string;
                            decidedBy: string | null;
                            decidedAt: string | null;
                            decisionReason: string | null;
                            entryId: string | null;
                            refusal: string | null;
                            idempotencyKey: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postAdminApprovalsIdApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        org: string;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "expired";
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        };
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        requestedAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        expiresAt: string;
                        decidedBy: string | null;
                        decidedAt: string | null;
                        decisionReason: string | null;
                        entryId: string | null;
                        refusal: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postAdminApprovalsIdReject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        org: string;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "expired";
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        };
                        requestedBy: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        requestedAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        expiresAt: string;
                        decidedBy: string | null;
                        decidedAt: string | null;
                        decisionReason: string | null;
                        entryId: string | null;
                        refusal: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getAdminChains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        chains: {
                            chain: string;
                            /** @enum {string} */
                            state: "running" | "frozen" | "failing" | "refused" | "behind" | "waiting";
                            headBlock: number | null;
                            nextBlock: number | null;
                            creditBlock: number | null;
                            scannedAt: string | null;
                            leader: {
                                holder: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                until: string;
                            } | null;
                            freezes: {
                                kind: string;
                                reason: string;
                                frozenBy: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                frozenAt: string;
                            }[];
                            dues: {
                                reversals: {
                                    count: number;
                                    /** @example 10.50 */
                                    amountUsd: string;
                                    deposits: {
                                        /** Format: uuid */
                                        id: string;
                                        txHash: string;
                                        /** @example 10.50 */
                                        amountUsd: string;
                                    }[];
                                };
                                credits: {
                                    count: number;
                                    /** @example 10.50 */
                                    amountUsd: string;
                                    deposits: {
                                        /** Format: uuid */
                                        id: string;
                                        txHash: string;
                                        /** @example 10.50 */
                                        amountUsd: string;
                                    }[];
                                };
                            } | null;
                            rpcs: {
                                rpc: string;
                                state: string;
                                headBlock: number | null;
                                problem: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                since: string;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                seenAt: string;
                            }[];
                            tokens: {
                                token: string;
                                code: string | null;
                                paused: boolean;
                                blocked: string[];
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                changedAt: string;
                            }[];
                            workers: {
                                holder: string;
                                state: string;
                                problem: string | null;
                                roundEndedAt: string | null;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                seenAt: string;
                            }[];
                        }[];
                    };
                };
            };
        };
    };
    getAdminReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "OK" | "GAP" | "UNKNOWN";
                        wallets: number | null;
                        owedUsd: string | null;
                        debtUsd: string | null;
                        /** @example 10.50 */
                        heldUsd: string;
                        coverageUsd: string | null;
                        owedAt: string | null;
                        chains: {
                            chain: string;
                            /** @enum {string} */
                            status: "OK" | "GAP" | "UNKNOWN";
                            frozen: boolean;
                            /** @example 10.50 */
                            heldUsd: string;
                            /** @example 10.50 */
                            reckonedUsd: string;
                            /** @example 10.50 */
                            deltaUsd: string;
                            addresses: {
                                ok: number;
                                gap: number;
                                unknown: number;
                            };
                            auditedAt: string | null;
                            problem: string | null;
                            ledgerUsd: string | null;
                            creditedUsd: string | null;
                            ledgerDeltaUsd: string | null;
                            faults: {
                                /** Format: uuid */
                                wallet: string;
                                deposit: string | null;
                            }[];
                            booksAt: string | null;
                            /** @example 10.50 */
                            pendingUsd: string;
                            /** @example 10.50 */
                            unmatchedUsd: string;
                            /** @example 10.50 */
                            screeningUsd: string;
                            troubled: {
                                token: string;
                                address: string;
                                /** @enum {string} */
                                status: "OK" | "GAP" | "UNKNOWN";
                                foundUsd: string | null;
                                reckonedUsd: string | null;
                                block: number | null;
                                problem: string | null;
                            }[];
                            gaps: {
                                token: string;
                                address: string;
                                block: number;
                                /** @example 10.50 */
                                amountUsd: string;
                                explainedBy: string[];
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                foundAt: string;
                            }[];
                        }[];
                        rails: {
                            rail: string;
                            status: ("OK" | "GAP" | "UNKNOWN") | null;
                            frozen: boolean;
                            frozenAt: string | null;
                            reason: string | null;
                            /** @example 10.50 */
                            creditedUsd: string;
                            /** @example 10.50 */
                            taxUsd: string;
                            /** @example 10.50 */
                            sellerUsd: string;
                            /** @example 10.50 */
                            parkedUsd: string;
                            /** @example 10.50 */
                            dueUsd: string;
                            gotUsd: string | null;
                            deltaUsd: string | null;
                            acceptedUsd: string | null;
                            fees: {
                                currency: string;
                                amountMinor: string;
                            }[];
                            checkedAt: string | null;
                            problem: string | null;
                        }[];
                    };
                };
            };
        };
    };
    getAdminAudit: {
        parameters: {
            query?: {
                actor?: string;
                org?: string;
                subject?: string;
                subjectId?: string;
                from?: string;
                to?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        acts: {
                            /** Format: uuid */
                            actId: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            actor: string;
                            action: string;
                            requestId: string | null;
                            subject: string;
                            subjectId: string;
                            orgId: string | null;
                            before: {
                                [key: string]: unknown;
                            } | null;
                            after: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
}
