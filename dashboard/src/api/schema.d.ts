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
         * Changes settings of an org; a higher ceiling for free gift cards may wait for an approval
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
    "/treasury/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a command was accepted or refused, and what would have turned that round
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryExplain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The budgets of an org, with what is used, reserved and left of them
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getTreasuryBudgets"];
        put?: never;
        /**
         * Creates a budget of an org, which counts from the next spend on
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postTreasuryBudgets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets/{id}": {
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
         * Deletes a budget: it counts and refuses nothing from the next spend on
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteTreasuryBudgetsId"];
        options?: never;
        head?: never;
        /**
         * Changes the name, limit, mode or warning of a budget; what it has counted stays
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["patchTreasuryBudgetsId"];
        trace?: never;
    };
    "/treasury/auto-refill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The setting of auto-refill, and the consent to it
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getTreasuryAutoRefill"];
        /**
         * Turns auto-refill on or off, and changes its terms
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        put: operations["putTreasuryAutoRefill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys of an org, newest first, without their secrets
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getTreasuryKeys"];
        put?: never;
        /**
         * Creates a key of an org, which is shown only in this answer
         * @description For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postTreasuryKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys/{id}": {
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
         * Revokes a key of an org permanently; it stays listed
         * @description For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        delete: operations["deleteTreasuryKeysId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people who were seen signed in for an org, newest first
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getTreasuryMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/sender-challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What to sign to prove that the org owns a sender
         * @description For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["postTreasurySenderChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/wallet-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The org's deposit address on each chain, and its balance there
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryWalletInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/create-wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the org its own deposit addresses
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postTreasuryCreateWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The webhook endpoints, newest first
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getWebhookEndpoints"];
        put?: never;
        /**
         * Adds an endpoint that events are sent to; only this answer shows its secret
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postWebhookEndpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
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
         * Removes an endpoint and the record of its deliveries
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteWebhookEndpointsId"];
        options?: never;
        head?: never;
        /**
         * Changes, disables or enables an endpoint
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["patchWebhookEndpointsId"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a test event
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postWebhookEndpointsIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives an endpoint a new secret; the old one signs beside it for a while
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postWebhookEndpointsIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The deliveries to an endpoint, and their results
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getWebhookEndpointsIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends an event once more
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postWebhookEndpointsIdDeliveriesDeliveryRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The billing settings of an org
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgsOrgBilling"];
        put?: never;
        /**
         * Changes billing settings; what is left out stays. A free tier above the limit waits for an approval
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postOrgsOrgBilling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The products of an org in the mode of its key, newest first
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgsOrgProducts"];
        put?: never;
        /**
         * Makes a product, and its counterpart in the org's Stripe account
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postOrgsOrgProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products/{id}": {
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
         * Renames a product, takes it out of sale or puts it back
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["patchOrgsOrgProductsId"];
        trace?: never;
    };
    "/orgs/{org}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a card checkout for a product, on the org's own account
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postOrgsOrgCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/checkout/{session}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks Stripe what became of a checkout, and credits it once if it is paid
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postOrgsOrgCheckoutSessionVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller can spend
         * @description For people, about what is their own.
         */
        get: operations["getCreditsBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moved the caller's wallet, newest first
         * @description For people, about what is their own.
         */
        get: operations["getCreditsTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeems a coupon
         * @description For people, about what is their own.
         */
        post: operations["postCreditsRedeem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checkin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The day's free credits
         * @description For people, about what is their own.
         */
        post: operations["postCheckin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/create-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a card checkout for credits, or for a plan
         * @description For people, about what is their own.
         */
        post: operations["postPaymentCreateSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is for sale
         * @description For people, about what is their own.
         */
        get: operations["getSubscriptionPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's subscription, its state and what comes next; null where they never had one
         * @description For people, about what is their own.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the plan: an upgrade now at its full price, anything else from the next period on
         * @description For people, about what is their own.
         */
        post: operations["postSubscriptionChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the subscription with its period, or at once where nothing is paid
         * @description For people, about what is their own.
         */
        post: operations["postSubscriptionCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a cancellation back, or lets a paused subscription go on
         * @description For people, about what is their own.
         */
        post: operations["postSubscriptionResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens the provider's page where the caller changes their card and sees their invoices
         * @description For people, about what is their own.
         */
        post: operations["postSubscriptionPortal"];
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
    "/admin/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An org, its balance, and when it was suspended by hand
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminOrgsOrg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes an org; suspends and resumes it
         * @description For admin keys and platform admins.
         */
        patch: operations["patchAdminOrgsOrg"];
        trace?: never;
    };
    "/admin/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a text names: orgs, people, deposits, orders, entries, addresses and more, of every org
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The jobs of every process: when each ran, how long, its next round, its last problem, what waits for it
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Books an entry by hand, with a reason; above the limit it waits for an approval
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postAdminOrgsOrgEntries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One deposit, what was read of it by which RPC, and what operators did to it
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminDepositsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a note to a deposit
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminDepositsIdNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The orders of every org, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An order of any org, with its timeline
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminOrdersId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the payer of an order its money back, some or all of it
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postAdminOrdersIdRefunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The disputes of card payments, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The evidence against a dispute that was sent, or that would be sent now
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminDisputesIdEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends the evidence against a dispute to the payer's bank, once
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminDisputesIdSubmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a dispute up: it is lost
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminDisputesIdAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What payment providers reported and is not settled, newest first; of one state, if it is named
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminPaymentsInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/inbox/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has an object read from its provider and settled again, whatever its state
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminPaymentsInboxIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that came in about a session, payment, refund, dispute or order
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminPaymentsExplain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal of a period: every entry with its two sides, wallet by wallet
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The balance of every account before a moment; they add up to zero
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each service earned in each month of a period
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/liability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is owed to the owners of wallets before a moment, by kind and age
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsLiability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/breakage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What expired in each month of a period
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsBreakage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/deferred": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The roll-forward of deferred revenue over a period
         * @description For admin keys, platform admins and platform finance.
         */
        get: operations["getAdminReportsDeferred"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/rails/{rail}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases a frozen card rail, on which payments are credited again
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminRailsRailRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains/{chain}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops credits and reversals on a chain
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminChainsChainFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains/{chain}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases a frozen chain, whose credits and reversals go on
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminChainsChainRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of the price book, the one added last first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminPrices"];
        put?: never;
        /**
         * Adds a row to the price book; where there is a limit for bookings by hand, it waits for an approval
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminPrices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every plan as it is now
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminBillingPlans"];
        put?: never;
        /**
         * Makes a plan; above the limit it waits for an approval
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminBillingPlans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes a plan from now on; above the limit it waits for an approval
         * @description For admin keys and platform admins.
         */
        put: operations["putAdminBillingPlansId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Coupons, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminBillingCoupons"];
        put?: never;
        /**
         * Adds a coupon; above the limit it waits for an approval
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminBillingCoupons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/checkin/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a check-in gives
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminCheckinConfig"];
        /**
         * Sets what a check-in gives from now on; above the limit it waits for an approval
         * @description For admin keys and platform admins.
         */
        put: operations["putAdminCheckinConfig"];
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
         * The bookings and changes above the limit that were requested, newest first
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
    "/admin/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A requested booking or change above the limit
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminApprovalsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A user who has a wallet
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminUsersId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspends a user's own spending, or ends that; a user who has no wallet gets one
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminUsersIdSuspend"];
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
         * Approves somebody else's booking or change, which is then done
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
         * Rejects a booking or change
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
            restrictedTo: {
                services: string[] | null;
                actions: string[] | null;
            } | null;
            refundOf: string | null;
            holdId: string | null;
            parentHoldId: string | null;
            depositId: string | null;
            orderId: string | null;
            txHash: string | null;
            chain: string | null;
            action: string | null;
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /** Format: uuid */
                priceId: string;
                rateUsd: string;
                /** @constant */
                rounding: "up";
            } | null;
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
        Decision: {
            /** @enum {string} */
            outcome: "accepted" | "refused";
            operation: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            explanation: string;
            refusal: {
                /** @enum {string} */
                code: "VALIDATION_FAILED" | "ORG_REQUIRED" | "SERVICE_TYPE_RESERVED" | "SIGNATURE_INVALID" | "PLAN_NOT_SELLABLE" | "UNAUTHENTICATED" | "CREDIT_INSUFFICIENT" | "CARD_DECLINED" | "FORBIDDEN" | "ORG_SUSPENDED" | "USER_SUSPENDED" | "NOT_FOUND" | "SENDER_CLAIMED" | "HOLD_NOT_PENDING" | "HOLD_EXCEEDED" | "DEPOSIT_NOT_OPEN" | "ORDER_NOT_OPEN" | "PRODUCT_INACTIVE" | "ALREADY_CHECKED_IN" | "CHECKIN_DISABLED" | "COUPON_UNUSABLE" | "DISPUTE_NOT_OPEN" | "PAYMENTS_NOT_CONFIGURED" | "REFUND_NOT_POSSIBLE" | "SUBSCRIPTION_STATE" | "IDEMPOTENCY_CONFLICT" | "CURSOR_AHEAD" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "PAYMENT_PROVIDER_FAILED" | "LEDGER_UNAVAILABLE" | "DEPOSIT_ADDRESS_UNAVAILABLE" | "RECOVERY_REQUIRED";
                message: string;
                /** @enum {string} */
                by: "rule" | "suspension" | "other";
            } | null;
            changes: {
                /** @enum {string} */
                change: "available" | "amount" | "budget" | "quantity" | "time" | "openHolds" | "overrun" | "frozen" | "restricted" | "suspension";
                byUsd: string | null;
                byQuantity: string | null;
                earlierSeconds: number | null;
                text: string;
            }[];
            before: {
                entryId: string | null;
                /** @example 10.50 */
                availableUsd: string;
                /** @example 10.50 */
                heldUsd: string;
                /** @example 10.50 */
                debtUsd: string;
                /** @example 10.50 */
                frozenUsd: string;
                freeGiftCards: number;
            } | null;
            reproduced: boolean | null;
            state: {
                complete: boolean;
                entriesRead: number;
            };
            lots: {
                lotId: string;
                source: ("deposit" | "card" | "grant" | "refund" | "adjustment" | "settlement" | "rev_share") | null;
                promotional: boolean;
                expiresAt: string | null;
                /** @example 10.50 */
                deltaUsd: string;
                /** @example 10.50 */
                leftUsd: string;
            }[];
            price: {
                action: string | null;
                quantity: string | null;
                /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
                price: {
                    /** Format: uuid */
                    priceId: string;
                    rateUsd: string;
                    /** @constant */
                    rounding: "up";
                } | null;
            };
            asked: {
                actor: string | null;
                requestId: string | null;
                idempotencyKey: string | null;
                appId: string | null;
                userId: string | null;
                teamId: string | null;
            };
            entries: components["schemas"]["Entry"][];
        };
        Budget: {
            /** Format: uuid */
            id: string;
            name: string | null;
            /** @enum {string} */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            value: string;
            /** @enum {string} */
            period: "day" | "month" | "none";
            /** @enum {string} */
            mode: "hard" | "soft";
            /** @example 10.50 */
            limitUsd: string;
            warnAtPercent: number | null;
            /** @example 10.50 */
            usedUsd: string;
            /** @example 10.50 */
            reservedUsd: string;
            /** @example 10.50 */
            leftUsd: string;
            periodStart: string | null;
            renewsAt: string | null;
            timeZone: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        BudgetsLeft: {
            /** Format: uuid */
            budgetId: string;
            /** @example 10.50 */
            leftUsd: string;
            renewsAt: string | null;
        }[];
        EntryPreview: {
            id?: string;
            commandId?: string;
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
            lotId?: string | null;
            lotLeftUsd: string | null;
            restrictedTo: {
                services: string[] | null;
                actions: string[] | null;
            } | null;
            refundOf: string | null;
            holdId?: string | null;
            parentHoldId: string | null;
            depositId: string | null;
            orderId: string | null;
            txHash: string | null;
            chain: string | null;
            action: string | null;
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /** Format: uuid */
                priceId: string;
                rateUsd: string;
                /** @constant */
                rounding: "up";
            } | null;
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
                        restricted: {
                            services: string[] | null;
                            actions: string[] | null;
                            /** @example 10.50 */
                            availableUsd: string;
                        }[];
                        nextExpiry: {
                            /** @example 10.50 */
                            amountUsd: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            expiresAt: string;
                        } | null;
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
                parentHoldId?: string;
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
                            /** @example 10.50 */
                            childrenUsd: string;
                            parentHoldId: string | null;
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
                            heartbeatSeconds: number | null;
                            aliveUntil: string | null;
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
                        timeZone: string;
                        expiryNoticeDays: number[];
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
                    /** @description Whose days and months the budgets of the org go by; UTC unless it is set. */
                    timeZone?: string;
                    expiryNoticeDays?: number[] | null;
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
                        timeZone: string;
                        expiryNoticeDays: number[];
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
                        idempotencyKey: string;
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
                            /** @description What of the available credit is for some things only. */
                            restricted: {
                                services: string[] | null;
                                actions: string[] | null;
                                /** @example 10.50 */
                                availableUsd: string;
                            }[];
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
                            /** @description What of the available credit is for some things only. */
                            restricted: {
                                services: string[] | null;
                                actions: string[] | null;
                                /** @example 10.50 */
                                availableUsd: string;
                            }[];
                        };
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getTreasuryExplain: {
        parameters: {
            query?: {
                entry?: string;
                hold?: string;
                requestId?: string;
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
                        decisions: components["schemas"]["Decision"][];
                        hold: {
                            holdId: string;
                            /** @enum {string} */
                            state: "open" | "captured" | "released" | "expired";
                            /** @example 10.50 */
                            leftUsd: string;
                            /** @example 10.50 */
                            capturedUsd: string;
                            expiresAt: string | null;
                            closedAt: string | null;
                        } | null;
                    };
                };
            };
        };
    };
    getTreasuryBudgets: {
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
                        budgets: components["schemas"]["Budget"][];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postTreasuryBudgets: {
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
                /**
                 * @example {
                 *       "subject": "userId",
                 *       "value": "u-1",
                 *       "period": "month",
                 *       "limitUsd": "50.00",
                 *       "mode": "hard"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    /**
                     * @description Which field of a spend it is about; `key`: the API key that makes the call.
                     * @enum {string}
                     */
                    subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
                    /** @description The user, team, app, service, or the id of the key. */
                    value: string;
                    /**
                     * @description When it begins anew, in the time zone of the org; `none`: never.
                     * @enum {string}
                     */
                    period: "day" | "month" | "none";
                    /** @description Decimal USD as a string, such as `10.50`. */
                    limitUsd: string;
                    /**
                     * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
                     * @enum {string}
                     */
                    mode: "hard" | "soft";
                    /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
                    warnAtPercent?: number | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    deleteTreasuryBudgetsId: {
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
    patchTreasuryBudgetsId: {
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
                /**
                 * @example {
                 *       "limitUsd": "75.00"
                 *     }
                 */
                "application/json": {
                    name?: string | null;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    limitUsd?: string;
                    /**
                     * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
                     * @enum {string}
                     */
                    mode?: "hard" | "soft";
                    /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
                    warnAtPercent?: number | null;
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
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    getTreasuryAutoRefill: {
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
                        enabled: boolean;
                        /** @enum {string} */
                        state: "off" | "on" | "waiting_for_payment_method" | "stopped";
                        thresholdUsd: string | null;
                        packId: string | null;
                        targetUsd: string | null;
                        /** @example 10.50 */
                        maxDayUsd: string;
                        /** @example 10.50 */
                        maxMonthUsd: string;
                        maxDayCount: number;
                        stopped: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        nextAttemptAt: string | null;
                        openOrderId: string | null;
                        consent: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            by: string;
                            thresholdUsd: string | null;
                            packId: string | null;
                            targetUsd: string | null;
                            /** @example 10.50 */
                            maxDayUsd: string;
                            /** @example 10.50 */
                            maxMonthUsd: string;
                            maxDayCount: number;
                            textVersion: string | null;
                        } | null;
                    };
                };
            };
        };
    };
    putTreasuryAutoRefill: {
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
                    enabled: boolean;
                    /** @description Decimal USD as a string, such as `5.00`; may be zero. */
                    thresholdUsd?: string;
                    packId?: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    targetUsd?: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    maxDayUsd?: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    maxMonthUsd?: string;
                    maxDayCount?: number;
                    consentTextVersion?: string;
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
                        enabled: boolean;
                        /** @enum {string} */
                        state: "off" | "on" | "waiting_for_payment_method" | "stopped";
                        thresholdUsd: string | null;
                        packId: string | null;
                        targetUsd: string | null;
                        /** @example 10.50 */
                        maxDayUsd: string;
                        /** @example 10.50 */
                        maxMonthUsd: string;
                        maxDayCount: number;
                        stopped: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        nextAttemptAt: string | null;
                        openOrderId: string | null;
                        consent: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            by: string;
                            thresholdUsd: string | null;
                            packId: string | null;
                            targetUsd: string | null;
                            /** @example 10.50 */
                            maxDayUsd: string;
                            /** @example 10.50 */
                            maxMonthUsd: string;
                            maxDayCount: number;
                            textVersion: string | null;
                        } | null;
                    };
                };
            };
        };
    };
    getTreasuryKeys: {
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
                        keys: {
                            id: string;
                            /** @enum {string} */
                            kind: "org" | "platform" | "admin";
                            org: string | null;
                            name: string;
                            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
                            /** @enum {string} */
                            state: "active" | "replaced" | "expired" | "revoked";
                            allowedIps: string[] | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            expiresAt: string | null;
                            revokedAt: string | null;
                            lastUsedAt: string | null;
                            replacedBy: string | null;
                            mintLimitUsd: string | null;
                            madeBy: string[];
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postTreasuryKeys: {
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
                    name: string;
                    scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
                    /** Format: date-time */
                    expiresAt?: string;
                    allowedIps?: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "org" | "platform" | "admin";
                        org: string | null;
                        name: string;
                        scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
                        /** @enum {string} */
                        state: "active" | "replaced" | "expired" | "revoked";
                        allowedIps: string[] | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        expiresAt: string | null;
                        revokedAt: string | null;
                        lastUsedAt: string | null;
                        replacedBy: string | null;
                        mintLimitUsd: string | null;
                        madeBy: string[];
                        key: string;
                    };
                };
            };
        };
    };
    deleteTreasuryKeysId: {
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
    getTreasuryMembers: {
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
                        members: {
                            user: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "finance" | "member" | "viewer";
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            firstSeenAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            lastSeenAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postTreasurySenderChallenge: {
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
                    /** @constant */
                    purpose: "register";
                    address: string;
                    chain?: string;
                } | {
                    /** @constant */
                    purpose: "claim";
                    address: string;
                    chain: string;
                    txHash: string;
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
    getTreasuryWalletInfo: {
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
                        address: string | null;
                        chain: string | null;
                        wallets: {
                            chain: string;
                            created: boolean;
                            address: string | null;
                            createdAt: string | null;
                            deployed: boolean | null;
                            balances: {
                                symbol: string;
                                token: string;
                                balanceUsd: string | null;
                            }[];
                        }[];
                    };
                };
            };
        };
    };
    postTreasuryCreateWallet: {
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
                    chain?: string;
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
                        address: string;
                        chain: string;
                        wallets: {
                            /** @enum {string} */
                            family: "eip155" | "starknet";
                            address: string;
                            chains: string[];
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                        }[];
                    };
                };
            };
        };
    };
    getWebhookEndpoints: {
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
                        endpoints: {
                            /** Format: uuid */
                            id: string;
                            url: string;
                            description: string | null;
                            types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
                            enabled: boolean;
                            disabledAt: string | null;
                            disabledReason: ("failing" | "gone" | "by_hand") | null;
                            failingSince: string | null;
                            previousSecretExpiresAt: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updatedAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postWebhookEndpoints: {
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
                    url: string;
                    types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[];
                    description?: string;
                    after?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        url: string;
                        description: string | null;
                        types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
                        enabled: boolean;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone" | "by_hand") | null;
                        failingSince: string | null;
                        previousSecretExpiresAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                        secret: string;
                    };
                };
            };
        };
    };
    deleteWebhookEndpointsId: {
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
    patchWebhookEndpointsId: {
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
                    url?: string;
                    types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
                    description?: string | null;
                    enabled?: boolean;
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
                        url: string;
                        description: string | null;
                        types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
                        enabled: boolean;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone" | "by_hand") | null;
                        failingSince: string | null;
                        previousSecretExpiresAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postWebhookEndpointsIdTest: {
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        eventId: string;
                    };
                };
            };
        };
    };
    postWebhookEndpointsIdRotateSecret: {
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
                    /** @default 86400 */
                    overlapSeconds?: number;
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
                        url: string;
                        description: string | null;
                        types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
                        enabled: boolean;
                        disabledAt: string | null;
                        disabledReason: ("failing" | "gone" | "by_hand") | null;
                        failingSince: string | null;
                        previousSecretExpiresAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                        secret: string;
                    };
                };
            };
        };
    };
    getWebhookEndpointsIdDeliveries: {
        parameters: {
            query?: {
                state?: "pending" | "delivered" | "failed";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
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
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: {
                            /** Format: uuid */
                            id: string;
                            eventId: string;
                            /** @enum {string} */
                            type: "entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test";
                            eventCursor: string;
                            /** @enum {string} */
                            state: "pending" | "delivered" | "failed";
                            redeliveryOf: string | null;
                            nextAttemptAt: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            finishedAt: string | null;
                            attempts: {
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                at: string;
                                durationMs: number;
                                statusCode: number | null;
                                error: string | null;
                                responseStart: string | null;
                            }[];
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postWebhookEndpointsIdDeliveriesDeliveryRedeliver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                id: string;
                delivery: string;
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        eventId: string;
                        /** @enum {string} */
                        type: "entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test";
                        eventCursor: string;
                        /** @enum {string} */
                        state: "pending" | "delivered" | "failed";
                        redeliveryOf: string | null;
                        nextAttemptAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        finishedAt: string | null;
                        attempts: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            durationMs: number;
                            statusCode: number | null;
                            error: string | null;
                            responseStart: string | null;
                        }[];
                    };
                };
            };
        };
    };
    getOrgsOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
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
                        org_id: string;
                        mode: ("live" | "test") | null;
                        has_stripe_key: boolean;
                        stripe_key_last4: string | null;
                        has_webhook_secret: boolean;
                        webhook_secret_last4: string | null;
                        /** Format: uri */
                        webhook_url: string;
                        missing_permissions: string[];
                        free_tier_amount: number;
                        has_payment_method: boolean;
                        auto_refill_enabled: boolean;
                        /** @enum {string} */
                        auto_refill_state: "off" | "on" | "waiting_for_payment_method" | "stopped";
                        auto_refill_threshold: number | null;
                        auto_refill_product_id: string | null;
                        auto_refill_target_micros: number | null;
                        auto_refill_max_day_cents: number;
                        auto_refill_max_month_cents: number;
                        auto_refill_max_day_count: number;
                        auto_refill_stopped: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        auto_refill_consent: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            by: string;
                            text_version: string | null;
                            auto_refill_threshold: number | null;
                            auto_refill_product_id: string | null;
                            auto_refill_target_micros: number | null;
                            auto_refill_max_day_cents: number;
                            auto_refill_max_month_cents: number;
                            auto_refill_max_day_count: number;
                        } | null;
                    };
                };
            };
        };
    };
    postOrgsOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    stripe_secret_key?: string | null;
                    stripe_webhook_secret?: string | null;
                    free_tier_amount?: number;
                    auto_refill_enabled?: boolean;
                    auto_refill_threshold?: number;
                    /** Format: uuid */
                    auto_refill_product_id?: string;
                    auto_refill_target_micros?: number;
                    auto_refill_max_day_cents?: number;
                    auto_refill_max_month_cents?: number;
                    auto_refill_max_day_count?: number;
                    auto_refill_consent_text_version?: string;
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
                        org_id: string;
                        mode: ("live" | "test") | null;
                        has_stripe_key: boolean;
                        stripe_key_last4: string | null;
                        has_webhook_secret: boolean;
                        webhook_secret_last4: string | null;
                        /** Format: uri */
                        webhook_url: string;
                        missing_permissions: string[];
                        free_tier_amount: number;
                        has_payment_method: boolean;
                        auto_refill_enabled: boolean;
                        /** @enum {string} */
                        auto_refill_state: "off" | "on" | "waiting_for_payment_method" | "stopped";
                        auto_refill_threshold: number | null;
                        auto_refill_product_id: string | null;
                        auto_refill_target_micros: number | null;
                        auto_refill_max_day_cents: number;
                        auto_refill_max_month_cents: number;
                        auto_refill_max_day_count: number;
                        auto_refill_stopped: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        auto_refill_consent: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            at: string;
                            by: string;
                            text_version: string | null;
                            auto_refill_threshold: number | null;
                            auto_refill_product_id: string | null;
                            auto_refill_target_micros: number | null;
                            auto_refill_max_day_cents: number;
                            auto_refill_max_month_cents: number;
                            auto_refill_max_day_count: number;
                        } | null;
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getOrgsOrgProducts: {
        parameters: {
            query?: {
                include_inactive?: "true" | "false";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
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
                        products: {
                            /** Format: uuid */
                            product_id: string;
                            name: string;
                            /** @enum {string} */
                            billing_model: "one_time";
                            price_cents: number;
                            amount_micros: number;
                            /** @constant */
                            currency: "usd";
                            active: boolean;
                            /** @enum {string} */
                            mode: "live" | "test";
                            stripe_product_id: string | null;
                            stripe_price_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postOrgsOrgProducts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @default one_time
                     * @enum {string}
                     */
                    billing_model?: "one_time";
                    price_cents: number;
                    amount_micros: number;
                    /** @constant */
                    currency?: "usd";
                    /** @description An alternative to the Idempotency-Key header. */
                    idempotencyKey?: string;
                    /** @description An alternative to the Idempotency-Key header. */
                    idempotency_key?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        product_id: string;
                        name: string;
                        /** @enum {string} */
                        billing_model: "one_time";
                        price_cents: number;
                        amount_micros: number;
                        /** @constant */
                        currency: "usd";
                        active: boolean;
                        /** @enum {string} */
                        mode: "live" | "test";
                        stripe_product_id: string | null;
                        stripe_price_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        created_at: string;
                    };
                };
            };
        };
    };
    patchOrgsOrgProductsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    active?: boolean;
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
                        product_id: string;
                        name: string;
                        /** @enum {string} */
                        billing_model: "one_time";
                        price_cents: number;
                        amount_micros: number;
                        /** @constant */
                        currency: "usd";
                        active: boolean;
                        /** @enum {string} */
                        mode: "live" | "test";
                        stripe_product_id: string | null;
                        stripe_price_id: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        created_at: string;
                    };
                };
            };
        };
    };
    postOrgsOrgCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    product_id: string;
                    success_url: string;
                    cancel_url: string;
                    save_payment_method?: boolean;
                    metadata?: {
                        [key: string]: string;
                    };
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
                        checkout_url: string | null;
                        session_id: string;
                        /** Format: uuid */
                        order_id: string;
                    };
                };
            };
        };
    };
    postOrgsOrgCheckoutSessionVerify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                session: string;
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
                        session_id: string;
                        /** Format: uuid */
                        order_id: string;
                        /** @enum {string} */
                        state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                        credited: boolean;
                        wallet_balance: number;
                        wallet_balance_usd: string;
                    };
                };
            };
        };
    };
    getCreditsBalance: {
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
                        /** @constant */
                        success: true;
                        data: {
                            balance: number;
                            restricted?: {
                                services: string[] | null;
                                actions: string[] | null;
                                balance: number;
                            }[];
                            next_expiry?: {
                                amount: number;
                                /**
                                 * Format: date-time
                                 * @example 2026-01-31T12:00:00.000Z
                                 */
                                expires_at: string;
                            };
                        };
                    };
                };
            };
        };
    };
    getCreditsTransactions: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: string;
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
                        /** @constant */
                        success: true;
                        data: {
                            id: string;
                            /** @enum {string} */
                            type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                            amount: number;
                            description: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postCreditsRedeem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
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
                        /** @constant */
                        success: true;
                        data: {
                            /** @constant */
                            dryRun?: true;
                            credits: number;
                            balance: number;
                        };
                    };
                };
            };
        };
    };
    postCheckin: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                        /** @constant */
                        success: true;
                        data: {
                            /** @constant */
                            dryRun?: true;
                            credits: number;
                            balance: number;
                            streak: number;
                        };
                    };
                };
            };
        };
    };
    postPaymentCreateSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    channel: "stripe" | "creem";
                    /** @enum {string} */
                    type: "topup" | "subscription";
                    plan_id?: string;
                    /**
                     * @default month
                     * @enum {string}
                     */
                    interval?: "month" | "year";
                    credits?: number;
                    success_url: string;
                    cancel_url: string;
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
                        /** @constant */
                        success: true;
                        data: {
                            url: string | null;
                            session_id: string;
                            /** Format: uuid */
                            order_id: string;
                        };
                    };
                };
            };
        };
    };
    getSubscriptionPlans: {
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            description: string;
                            price_monthly: number | null;
                            price_yearly: number | null;
                            credits_included: number;
                            features: string[];
                            /** @enum {string} */
                            kind: "subscription" | "one_time";
                        }[];
                    };
                };
            };
        };
    };
    getSubscription: {
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
                        /** @constant */
                        success: true;
                        data: {
                            id: string;
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
                            plan_id: string | null;
                            interval: ("month" | "year") | null;
                            period_start: string | null;
                            period_end: string | null;
                            next: {
                                plan_id: string | null;
                                interval: ("month" | "year") | null;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        } | null;
                    };
                };
            };
        };
    };
    postSubscriptionChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    plan_id: string;
                    /** @enum {string} */
                    interval?: "month" | "year";
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
                        /** @constant */
                        success: true;
                        data: {
                            id: string;
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
                            plan_id: string | null;
                            interval: ("month" | "year") | null;
                            period_start: string | null;
                            period_end: string | null;
                            next: {
                                plan_id: string | null;
                                interval: ("month" | "year") | null;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        } | null;
                    };
                };
            };
        };
    };
    postSubscriptionCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                        /** @constant */
                        success: true;
                        data: {
                            id: string;
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
                            plan_id: string | null;
                            interval: ("month" | "year") | null;
                            period_start: string | null;
                            period_end: string | null;
                            next: {
                                plan_id: string | null;
                                interval: ("month" | "year") | null;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        } | null;
                    };
                };
            };
        };
    };
    postSubscriptionResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                        /** @constant */
                        success: true;
                        data: {
                            id: string;
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
                            plan_id: string | null;
                            interval: ("month" | "year") | null;
                            period_start: string | null;
                            period_end: string | null;
                            next: {
                                plan_id: string | null;
                                interval: ("month" | "year") | null;
                            } | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        } | null;
                    };
                };
            };
        };
    };
    postSubscriptionPortal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    return_url: string;
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
                        /** @constant */
                        success: true;
                        data: {
                            url: string;
                        };
                    };
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
                            closedAt: string | null;
                            closedReason: string | null;
                            /** @example 10.50 */
                            provisionalLimitUsd: string;
                            orgBilling: {
                                trusted: boolean;
                            };
                            internal: boolean;
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
    getAdminOrgsOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
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
                        closedAt: string | null;
                        closedReason: string | null;
                        /** @example 10.50 */
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        suspensions: {
                            begins: boolean;
                            reason: string | null;
                            actor: string;
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
    patchAdminOrgsOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    externalId?: string | null;
                    metadata?: {
                        [key: string]: string;
                    };
                    suspended?: boolean;
                    reason?: string;
                    /** @description Decimal USD as a string, such as `5.00`; may be zero. */
                    provisionalLimitUsd?: string;
                    orgBilling?: {
                        trusted: boolean;
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
                        name: string;
                        externalId: string | null;
                        metadata: {
                            [key: string]: string;
                        };
                        /** Format: uuid */
                        walletId: string;
                        suspendedAt: string | null;
                        suspendedReason: string | null;
                        closedAt: string | null;
                        closedReason: string | null;
                        /** @example 10.50 */
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
        };
    };
    getAdminSearch: {
        parameters: {
            query: {
                q: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
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
                        results: {
                            /** @enum {string} */
                            kind: "org" | "user" | "member" | "deposit" | "order" | "dispute" | "payment" | "entry" | "hold" | "sender" | "deposit_address" | "webhook" | "approval";
                            id: string;
                            title: string;
                            orgId: string | null;
                            orgName: string | null;
                            at: string | null;
                        }[];
                        more: ("org" | "user" | "member" | "deposit" | "order" | "dispute" | "payment" | "entry" | "hold" | "sender" | "deposit_address" | "webhook" | "approval")[];
                    };
                };
            };
        };
    };
    getAdminJobs: {
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
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        asOf: string;
                        jobs: {
                            /** @enum {string} */
                            job: "chain" | "expiry" | "expiry_notices" | "books" | "sums" | "approvals" | "chain_orders" | "free_tiers" | "grants" | "budgets" | "payments" | "payment_sweep" | "auto_refill" | "rails" | "disputes" | "refusals" | "events" | "feed" | "loss_watch" | "job_notes";
                            about: string | null;
                            /** @enum {string} */
                            role: "api" | "events" | "detector";
                            process: string;
                            /** @enum {string} */
                            state: "ok" | "standby" | "failing" | "silent";
                            startedAt: string | null;
                            endedAt: string | null;
                            durationMs: number | null;
                            nextAt: string | null;
                            failedAt: string | null;
                            problem: string | null;
                            failures: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            notedAt: string;
                            /** @description How much waits for the job, in all processes together; counted up to 1000. */
                            waiting: number | null;
                        }[];
                    };
                };
            };
        };
    };
    postAdminOrgsOrgEntries: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                    /** @description Decimal USD as a string, such as `-3.20`. */
                    amountUsd: string;
                    reason: string;
                    serviceType?: components["schemas"]["ServiceType"];
                    /** Format: date-time */
                    expiresAt?: string;
                    restrictedTo?: {
                        services?: components["schemas"]["ServiceType"][];
                        actions?: string[];
                    };
                    refundOf?: string;
                    reference?: string;
                    metadata?: {
                        [key: string]: string;
                    };
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
                        entryId: string;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        /** @example 10.50 */
                        amountUsd: string;
                        reason: string | null;
                        reference: string | null;
                        metadata: {
                            [key: string]: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        entryId?: string;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        /** @example 10.50 */
                        amountUsd: string;
                        reason: string | null;
                        reference: string | null;
                        metadata: {
                            [key: string]: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        /** Format: uuid */
                        id?: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        entryId?: string | null;
                        refusal: string | null;
                        refusalDetail: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getAdminDepositsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
                        observations: {
                            blockNumber: number;
                            blockHash: string;
                            amountUnits: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            observedAt: string;
                            orphanedAt: string | null;
                        }[];
                        votes: {
                            rpc: string;
                            /** @enum {string} */
                            vote: "log_seen" | "log_missing" | "receipt_holds" | "receipt_lacks" | "receipt_none" | "no_answer";
                            detail: string;
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
    postAdminDepositsIdNote: {
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
                    note: string;
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
    getAdminOrders: {
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
                org?: string;
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
                        orders: {
                            orgId: string | null;
                            userId: string | null;
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
    getAdminOrdersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
                        orgId: string | null;
                        userId: string | null;
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
    postAdminOrdersIdRefunds: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd?: string;
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
                        orgId: string | null;
                        userId: string | null;
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
    getAdminDisputes: {
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
                        disputes: {
                            id: string;
                            /** Format: uuid */
                            orderId: string;
                            account: string;
                            status: string;
                            reason: string;
                            currency: string;
                            amountCents: number;
                            withdrawnCents: number;
                            dueBy: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            openedAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getAdminDisputesIdEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
                        disputeId: string;
                        /** Format: uuid */
                        orderId: string;
                        text: string;
                        hash: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        madeAt: string;
                        submittedAt: string | null;
                    };
                };
            };
        };
    };
    postAdminDisputesIdSubmit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                        disputeId: string;
                        /** Format: uuid */
                        orderId: string;
                        text: string;
                        hash: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        madeAt: string;
                        submittedAt: string | null;
                    };
                };
            };
        };
    };
    postAdminDisputesIdAccept: {
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
                        id: string;
                        /** Format: uuid */
                        orderId: string;
                        account: string;
                        status: string;
                        reason: string;
                        currency: string;
                        amountCents: number;
                        withdrawnCents: number;
                        dueBy: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        openedAt: string;
                    };
                };
            };
        };
    };
    getAdminPaymentsInbox: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
                state?: "pending" | "waiting" | "settled" | "parked" | "foreign";
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
                        inbox: {
                            /** Format: uuid */
                            id: string;
                            account: string;
                            org: string | null;
                            /** @enum {string} */
                            mode: "live" | "test";
                            /** @enum {string} */
                            kind: "checkout" | "payment" | "refund" | "dispute" | "early_warning" | "subscription" | "invoice";
                            object: string;
                            /** @enum {string} */
                            state: "pending" | "waiting" | "settled" | "parked" | "foreign";
                            reason: string | null;
                            orderId: string | null;
                            attempts: number;
                            nextAttemptAt: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updatedAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postAdminPaymentsInboxIdReplay: {
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
                        account: string;
                        org: string | null;
                        /** @enum {string} */
                        mode: "live" | "test";
                        /** @enum {string} */
                        kind: "checkout" | "payment" | "refund" | "dispute" | "early_warning" | "subscription" | "invoice";
                        object: string;
                        /** @enum {string} */
                        state: "pending" | "waiting" | "settled" | "parked" | "foreign";
                        reason: string | null;
                        orderId: string | null;
                        attempts: number;
                        nextAttemptAt: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    getAdminPaymentsExplain: {
        parameters: {
            query: {
                id: string;
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
                        inbox: {
                            /** Format: uuid */
                            id: string;
                            account: string;
                            org: string | null;
                            /** @enum {string} */
                            mode: "live" | "test";
                            /** @enum {string} */
                            kind: "checkout" | "payment" | "refund" | "dispute" | "early_warning" | "subscription" | "invoice";
                            object: string;
                            /** @enum {string} */
                            state: "pending" | "waiting" | "settled" | "parked" | "foreign";
                            reason: string | null;
                            orderId: string | null;
                            attempts: number;
                            nextAttemptAt: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updatedAt: string;
                        }[];
                        events: {
                            id: string;
                            account: string;
                            type: string;
                            object: string | null;
                            apiVersion: string | null;
                            source: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            receivedAt: string;
                        }[];
                    };
                };
            };
        };
    };
    getAdminReportsJournal: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                limit?: string;
                cursor?: string;
                bom?: "true" | "false";
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
                        open: boolean;
                        asOf: string | null;
                        lines: {
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            date: string;
                            entryId: string;
                            orgId: string | null;
                            debitAccount: string;
                            creditAccount: string;
                            /** @example 10.50 */
                            amountUsd: string;
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            serviceType: string | null;
                            reference: string | null;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminReportsTrialBalance: {
        parameters: {
            query?: {
                at?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
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
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        at: string;
                        open: boolean;
                        asOf: string | null;
                        accounts: {
                            account: string;
                            /** @example 10.50 */
                            debitUsd: string;
                            /** @example 10.50 */
                            creditUsd: string;
                        }[];
                        /** @example 10.50 */
                        debitUsd: string;
                        /** @example 10.50 */
                        creditUsd: string;
                        /** @example 10.50 */
                        differenceUsd: string;
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminReportsRevenue: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
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
                        open: boolean;
                        asOf: string | null;
                        revenue: {
                            month: string;
                            serviceType: string;
                            /** @example 10.50 */
                            paidUsd: string;
                            /** @example 10.50 */
                            promotionalUsd: string;
                            /** @example 10.50 */
                            freeGiftCardsUsd: string;
                            /** @example 10.50 */
                            refundedUsd: string;
                            /** @example 10.50 */
                            revenueUsd: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminReportsLiability: {
        parameters: {
            query?: {
                at?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
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
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        at: string;
                        open: boolean;
                        asOf: string | null;
                        ages: {
                            /** @enum {string} */
                            source: "deposit" | "card" | "grant" | "refund" | "adjustment" | "settlement" | "rev_share";
                            /** @enum {string} */
                            kind: "paid" | "promotional";
                            fromDays: number;
                            toDays: number | null;
                            /** @example 10.50 */
                            amountUsd: string;
                        }[];
                        /** @example 10.50 */
                        paidUsd: string;
                        /** @example 10.50 */
                        promotionalUsd: string;
                        /** @example 10.50 */
                        debtUsd: string;
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminReportsBreakage: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
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
                        open: boolean;
                        asOf: string | null;
                        breakage: {
                            month: string;
                            lots: number;
                            /** @example 10.50 */
                            paidUsd: string;
                            /** @example 10.50 */
                            promotionalUsd: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
        };
    };
    getAdminReportsDeferred: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
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
                        open: boolean;
                        asOf: string | null;
                        lines: {
                            /** @enum {string} */
                            line: "opening" | "sold" | "given" | "refunded" | "adjusted" | "used" | "expired" | "takenBack" | "paidOut" | "released" | "closing";
                            /** @example 10.50 */
                            paidUsd: string;
                            /** @example 10.50 */
                            promotionalUsd: string;
                            /** @example 10.50 */
                            debtUsd: string;
                            /** @example 10.50 */
                            totalUsd: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
        };
    };
    postAdminRailsRailRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rail: string;
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
                        rail: string;
                        released: {
                            reason: string;
                            frozenBy: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            frozenAt: string;
                        } | null;
                    };
                };
            };
        };
    };
    postAdminChainsChainFreeze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chain: string;
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
                        chain: string;
                        /** @constant */
                        frozen: true;
                        changed: boolean;
                    };
                };
            };
        };
    };
    postAdminChainsChainRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chain: string;
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
                        chain: string;
                        released: {
                            kind: string;
                            reason: string;
                            frozenBy: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            frozenAt: string;
                        }[];
                    };
                };
            };
        };
    };
    getAdminPrices: {
        parameters: {
            query?: {
                org?: string;
                action?: string;
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
                        prices: {
                            /** Format: uuid */
                            id: string;
                            org: string | null;
                            action: string;
                            unit: string;
                            tiers: {
                                upTo: string | null;
                                rateUsd: string;
                            }[] | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            from: string;
                            to: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            addedAt: string;
                            addedBy: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postAdminPrices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    org?: string;
                    action: string;
                    unit: string;
                    /** @description A decimal string, such as 0.0000025, in USD a unit with up to 12 places. */
                    rateUsd?: string;
                    tiers?: {
                        upTo: string | null;
                        /** @description A decimal string, such as 0.0000025, in USD a unit with up to 12 places. */
                        rateUsd: string;
                    }[];
                    /** @constant */
                    ended?: true;
                    /** Format: date-time */
                    from?: string;
                    /** Format: date-time */
                    to?: string;
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
                        /** Format: uuid */
                        id: string;
                        org: string | null;
                        action: string;
                        unit: string;
                        tiers: {
                            upTo: string | null;
                            rateUsd: string;
                        }[] | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        from: string;
                        to: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        addedAt: string;
                        addedBy: string;
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getAdminBillingPlans: {
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            description: string;
                            price_monthly: number | null;
                            price_yearly: number | null;
                            credits_included: number;
                            features: string[];
                            /** @enum {string} */
                            kind: "subscription" | "one_time";
                            version: number;
                            /** @enum {string} */
                            credits_expire: "never" | "period_end";
                            active: boolean;
                            stripe_price_id_monthly: string | null;
                            stripe_price_id_yearly: string | null;
                            creem_product_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updated_at: string;
                        }[];
                    };
                };
            };
        };
    };
    postAdminBillingPlans: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string | "";
                    /** @default [] */
                    features?: string[];
                    /**
                     * @default subscription
                     * @enum {string}
                     */
                    kind?: "subscription" | "one_time";
                    price_monthly?: number | null;
                    price_yearly?: number | null;
                    credits_included: number;
                    /**
                     * @default never
                     * @enum {string}
                     */
                    credits_expire?: "never" | "period_end";
                    /** @default true */
                    active?: boolean;
                    /** @default null */
                    stripe_price_id_monthly?: string | null;
                    /** @default null */
                    stripe_price_id_yearly?: string | null;
                    /** @default null */
                    creem_product_id?: string | null;
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            description: string;
                            price_monthly: number | null;
                            price_yearly: number | null;
                            credits_included: number;
                            features: string[];
                            /** @enum {string} */
                            kind: "subscription" | "one_time";
                            version: number;
                            /** @enum {string} */
                            credits_expire: "never" | "period_end";
                            active: boolean;
                            stripe_price_id_monthly: string | null;
                            stripe_price_id_yearly: string | null;
                            creem_product_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updated_at: string;
                        };
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            org: string | null;
                            user: string | null;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "failed" | "expired";
                            what: string;
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                restrictedTo: {
                                    services: string[] | null;
                                    actions: string[] | null;
                                } | null;
                                refundOf: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            } | null;
                            change: {
                                kind: string;
                                countsUsd: string | null;
                            } | null;
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
                            refusalDetail: string | null;
                            idempotencyKey: string;
                        };
                    };
                };
            };
        };
    };
    putAdminBillingPlansId: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string | "";
                    /** @default [] */
                    features?: string[];
                    /**
                     * @default subscription
                     * @enum {string}
                     */
                    kind?: "subscription" | "one_time";
                    price_monthly?: number | null;
                    price_yearly?: number | null;
                    credits_included: number;
                    /**
                     * @default never
                     * @enum {string}
                     */
                    credits_expire?: "never" | "period_end";
                    /** @default true */
                    active?: boolean;
                    /** @default null */
                    stripe_price_id_monthly?: string | null;
                    /** @default null */
                    stripe_price_id_yearly?: string | null;
                    /** @default null */
                    creem_product_id?: string | null;
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            description: string;
                            price_monthly: number | null;
                            price_yearly: number | null;
                            credits_included: number;
                            features: string[];
                            /** @enum {string} */
                            kind: "subscription" | "one_time";
                            version: number;
                            /** @enum {string} */
                            credits_expire: "never" | "period_end";
                            active: boolean;
                            stripe_price_id_monthly: string | null;
                            stripe_price_id_yearly: string | null;
                            creem_product_id: string | null;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            updated_at: string;
                        };
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            org: string | null;
                            user: string | null;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "failed" | "expired";
                            what: string;
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                restrictedTo: {
                                    services: string[] | null;
                                    actions: string[] | null;
                                } | null;
                                refundOf: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            } | null;
                            change: {
                                kind: string;
                                countsUsd: string | null;
                            } | null;
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
                            refusalDetail: string | null;
                            idempotencyKey: string;
                        };
                    };
                };
            };
        };
    };
    getAdminBillingCoupons: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: string;
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            code: string;
                            credits: number;
                            limit_total: number | null;
                            limit_per_user: number;
                            expires_at: string | null;
                            plans: string[];
                            restricted_to: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            used: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            created_by: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postAdminBillingCoupons: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    credits: number;
                    limit_total?: number;
                    limit_per_user?: number;
                    /** Format: date-time */
                    expires_at?: string;
                    plans?: string[];
                    restricted_to?: {
                        services?: components["schemas"]["ServiceType"][];
                        actions?: string[];
                    };
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            code: string;
                            credits: number;
                            limit_total: number | null;
                            limit_per_user: number;
                            expires_at: string | null;
                            plans: string[];
                            restricted_to: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            used: number;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            created_by: string;
                        };
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            org: string | null;
                            user: string | null;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "failed" | "expired";
                            what: string;
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                restrictedTo: {
                                    services: string[] | null;
                                    actions: string[] | null;
                                } | null;
                                refundOf: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            } | null;
                            change: {
                                kind: string;
                                countsUsd: string | null;
                            } | null;
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
                            refusalDetail: string | null;
                            idempotencyKey: string;
                        };
                    };
                };
            };
        };
    };
    getAdminCheckinConfig: {
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
                        /** @constant */
                        success: true;
                        data: {
                            enabled: boolean;
                            credits_per_day: number;
                            streak_bonus: number;
                            streak_days: number;
                            time_zone: string;
                            require_claim: string | null;
                            requireClaim: string | null;
                        };
                    };
                };
            };
        };
    };
    putAdminCheckinConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled: boolean;
                    credits_per_day: number;
                    streak_bonus?: number;
                    streak_days?: number;
                    time_zone?: string;
                    require_claim?: string | null;
                    requireClaim?: string | null;
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
                        /** @constant */
                        success: true;
                        data: {
                            enabled: boolean;
                            credits_per_day: number;
                            streak_bonus: number;
                            streak_days: number;
                            time_zone: string;
                            require_claim: string | null;
                            requireClaim: string | null;
                        };
                    };
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    /** @description The idempotency key of the request, or the one that was made for it. */
                    "Idempotency-Key": string;
                    /** @description The request was answered before; nothing was done again. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            org: string | null;
                            user: string | null;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "failed" | "expired";
                            what: string;
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                restrictedTo: {
                                    services: string[] | null;
                                    actions: string[] | null;
                                } | null;
                                refundOf: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            } | null;
                            change: {
                                kind: string;
                                countsUsd: string | null;
                            } | null;
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
                            refusalDetail: string | null;
                            idempotencyKey: string;
                        };
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
                state?: "pending" | "approved" | "rejected" | "failed" | "expired";
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
                            org: string | null;
                            user: string | null;
                            /** @enum {string} */
                            state: "pending" | "approved" | "rejected" | "failed" | "expired";
                            what: string;
                            booking: {
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                /** @example 10.50 */
                                amountUsd: string;
                                reason: string;
                                serviceType: string | null;
                                expiresAt: string | null;
                                restrictedTo: {
                                    services: string[] | null;
                                    actions: string[] | null;
                                } | null;
                                refundOf: string | null;
                                reference: string | null;
                                metadata: {
                                    [key: string]: string;
                                } | null;
                            } | null;
                            change: {
                                kind: string;
                                countsUsd: string | null;
                            } | null;
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
                            refusalDetail: string | null;
                            idempotencyKey: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getAdminApprovalsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
                        id: string;
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    getAdminUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
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
                        userId: string;
                        /** Format: uuid */
                        walletId: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        suspendedAt: string | null;
                        suspendedReason: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
        };
    };
    postAdminUsersIdSuspend: {
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
                    /** @default true */
                    suspended?: boolean;
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
                        userId: string;
                        /** Format: uuid */
                        walletId: string;
                        /** @example 10.50 */
                        availableUsd: string;
                        /** @example 10.50 */
                        heldUsd: string;
                        suspendedAt: string | null;
                        suspendedReason: string | null;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        createdAt: string;
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
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
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
                        org: string | null;
                        user: string | null;
                        /** @enum {string} */
                        state: "pending" | "approved" | "rejected" | "failed" | "expired";
                        what: string;
                        booking: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            /** @example 10.50 */
                            amountUsd: string;
                            reason: string;
                            serviceType: string | null;
                            expiresAt: string | null;
                            restrictedTo: {
                                services: string[] | null;
                                actions: string[] | null;
                            } | null;
                            refundOf: string | null;
                            reference: string | null;
                            metadata: {
                                [key: string]: string;
                            } | null;
                        } | null;
                        change: {
                            kind: string;
                            countsUsd: string | null;
                        } | null;
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
                        refusalDetail: string | null;
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
