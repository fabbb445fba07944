/** Types alone, made by types.mjs from the API's document. */
export interface paths {
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
        /**
         * An order, with its timeline
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getTreasuryOrdersId"];
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
    "/treasury/deposits/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claims an unmatched deposit with a signature of its sender
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["postTreasuryDepositsClaim"];
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
    "/treasury/heartbeat-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a hold alive whose owner has to report
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryHeartbeatHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Up to 1,000 commands, each decided separately
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/check-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether an amount could be spent at this moment; moves nothing
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryCheckBalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a quantity of a priced action costs
         * @description For callers of the org. Keys need the scope `treasury:read` or `treasury:spend`.
         */
        get: operations["getTreasuryQuote"];
        put?: never;
        post?: never;
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
    "/treasury/debit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Debits what a service costs
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryDebit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reserves money, or one free gift card
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/consume-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Debits the actual cost out of a hold and, when final, frees the rest
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryConsumeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/release-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Frees a hold without a debit
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryReleaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/extend-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a hold last this long from now on
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryExtendHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/grow-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds money to a hold: so much, or until it has so much left
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryGrowHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reports up to 1,000 events of usage, each charged once, at the price of its own time
         * @description For callers of the org. Keys need the scope `treasury:spend`.
         */
        post: operations["postTreasuryUsage"];
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
        /**
         * Changes billing settings; what is left out stays. A free tier above the limit waits for an approval
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        put: operations["putOrgsOrgBilling"];
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
    "/orgs/{org}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an org can spend
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgsOrgWallet"];
        put?: never;
        /**
         * Charges an org, or records money that came in by hand; above the limit a deposit waits for an approval
         * @description For callers of the org. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postOrgsOrgWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moved the wallet of an org, newest first
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgsOrgTransactions"];
        put?: never;
        post?: never;
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
        /**
         * A product of an org
         * @description For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgsOrgProductsId"];
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
    "/io/wallet/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a user can spend
         * @description For people, about what is their own, and for keys of the platform, about any user. Keys need the scope `treasury:spend`.
         */
        get: operations["getIoWalletBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/deduct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charges a user for a feature, or answers that the balance does not do
         * @description For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["postIoWalletDeduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/topup-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a card checkout for a user
         * @description For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["postIoWalletTopupSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moved a user's wallet, newest first
         * @description For people, about what is their own, and for keys of the platform, about any user. Keys need the scope `treasury:spend`.
         */
        get: operations["getIoWalletTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/io/wallet/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What features cost now
         * @description Anyone may call this.
         */
        get: operations["getIoWalletRates"];
        put?: never;
        post?: never;
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
    "/credits/deduct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charges a user whole credits
         * @description For keys of the platform. Keys need the scope `treasury:spend`.
         */
        post: operations["postCreditsDeduct"];
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
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's orders, newest first
         * @description For people, about what is their own.
         */
        get: operations["getOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the caller's orders
         * @description For people, about what is their own.
         */
        get: operations["getOrdersId"];
        put?: never;
        post?: never;
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
    "/admin/credits/manual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives or takes credits by hand, with a reason; what is given above the limit waits for an approval
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminCreditsManual"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moved the wallets of users, newest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminCreditsTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
        /**
         * Creates an org
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminOrgs"];
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
    "/admin/orgs/{org}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes an org: nothing new is spent or credited, its keys are revoked; answers what is left to be booked
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminOrgsOrgClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopens a closed org, which stays suspended until it is resumed
         * @description For admin keys and platform admins.
         */
        post: operations["postAdminOrgsOrgReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys, newest first, without their secrets
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminKeys"];
        put?: never;
        /**
         * Creates a key, which is shown only in this answer
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postAdminKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replaces a key with a new one; the old one stays valid for a while
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["postAdminKeysIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A key, without its secret
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminKeysId"];
        put?: never;
        post?: never;
        /**
         * Revokes a key permanently; it stays listed
         * @description For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        delete: operations["deleteAdminKeysId"];
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
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events from any position on, oldest first
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
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
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook endpoint
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getWebhookEndpointsId"];
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
    "/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events from any position on, oldest first
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The log as server-sent events, from a position on
         * @description For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getEventsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The log as server-sent events, from a position on
         * @description For admin keys and platform admins.
         */
        get: operations["getAdminEventsStream"];
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
        /** @description The service that is charged. Each deployment has its own beside `AI_API`, `SKU_PURCHASE` and the like. */
        ServiceType: string;
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
        Event: {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "entry.created";
            data: {
                entryId: string;
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
                holdId: string | null;
                depositId: string | null;
                orderId: string | null;
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
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.observed";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                /** @enum {string} */
                state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                reason: string | null;
                transfer: {
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
                };
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.credited";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                entryId: string;
                /** @example 10.50 */
                availableAfterUsd: string;
                orderId: string | null;
                giftCards: number;
                transfer: {
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
                } | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.unmatched";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                /** @enum {string} */
                state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                reason: string | null;
                transfer: {
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
                };
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.set_aside";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                /** @enum {string} */
                state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                reason: string | null;
                transfer: {
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
                };
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.orphaned";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                /** @enum {string} */
                state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                reason: string | null;
                transfer: {
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
                };
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "deposit.reversed";
            data: {
                /** Format: uuid */
                depositId: string;
                /** @example 10.50 */
                amountUsd: string;
                entryId: string;
                /** @example 10.50 */
                availableAfterUsd: string;
                orderId: string | null;
                giftCards: number;
                transfer: {
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
                } | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "balance.status_changed";
            data: {
                /** @enum {string} */
                status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                /** @enum {string} */
                previousStatus: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                /** @example 10.50 */
                availableUsd: string;
                /** @enum {string} */
                cause: "entry" | "thresholds" | "suspension" | "freeze";
                entryId: string | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "hold.expired";
            data: {
                holdId: string;
                entryId: string;
                serviceType: string | null;
                /** @example 10.50 */
                amountUsd: string;
                giftCards: number;
                reference: string | null;
                /** @example 10.50 */
                availableAfterUsd: string;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "credits.expiring";
            data: {
                /** @example 10.50 */
                amountUsd: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T12:00:00.000Z
                 */
                expiresAt: string;
                noticeDays: number;
                userId: string | null;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "sender.registered";
            data: {
                /** Format: uuid */
                senderId: string;
                address: string;
                chain: string | null;
                family: string;
                label: string | null;
                state: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "sender.unbound";
            data: {
                /** Format: uuid */
                senderId: string;
                address: string;
                chain: string | null;
                family: string;
                label: string | null;
                state: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.created";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.paid";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.credited";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.parked";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.failed";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.expired";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.cancelled";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "order.refunded";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @enum {string} */
                channel: "chain" | "card" | "auto_refill";
                /** @enum {string} */
                state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                reason: string | null;
                packId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                /** @example 10.50 */
                creditUsd: string;
                giftCards: number;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "dispute.opened";
            data: {
                /** Format: uuid */
                orderId: string;
                disputeId: string;
                status: string;
                reason: string;
                currency: string;
                amountMinor: string;
                withdrawnMinor: string;
                dueBy: string | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "dispute.funds_withdrawn";
            data: {
                /** Format: uuid */
                orderId: string;
                disputeId: string;
                status: string;
                reason: string;
                currency: string;
                amountMinor: string;
                withdrawnMinor: string;
                dueBy: string | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "dispute.funds_reinstated";
            data: {
                /** Format: uuid */
                orderId: string;
                disputeId: string;
                status: string;
                reason: string;
                currency: string;
                amountMinor: string;
                withdrawnMinor: string;
                dueBy: string | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "dispute.closed";
            data: {
                /** Format: uuid */
                orderId: string;
                disputeId: string;
                status: string;
                reason: string;
                currency: string;
                amountMinor: string;
                withdrawnMinor: string;
                dueBy: string | null;
                userId?: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "payment.action_required";
            data: {
                /** Format: uuid */
                orderId: string;
                /** @example 10.50 */
                amountUsd: string;
                /** @constant */
                reason: "authentication_required";
                url: string | null;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "auto_refill.succeeded";
            data: {
                /** @enum {string} */
                account: "platform" | "org";
                /** Format: uuid */
                orderId: string;
                /** @example 10.50 */
                amountUsd: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "auto_refill.failed";
            data: {
                /** @enum {string} */
                account: "platform" | "org";
                orderId: string | null;
                /** @example 10.50 */
                amountUsd: string;
                reason: string;
                retryAt: string | null;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "auto_refill.stopped";
            data: {
                /** @enum {string} */
                account: "platform" | "org";
                /** @enum {string} */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "budget.warned";
            data: {
                /** Format: uuid */
                budgetId: string;
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
                renewsAt: string | null;
                /** @example 10.50 */
                usedUsd: string;
                /** @example 10.50 */
                reservedUsd: string;
                /** @example 10.50 */
                leftUsd: string;
                periodStart: string | null;
                entryId: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "budget.exhausted";
            data: {
                /** Format: uuid */
                budgetId: string;
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
                renewsAt: string | null;
                /** @example 10.50 */
                usedUsd: string;
                /** @example 10.50 */
                reservedUsd: string;
                /** @example 10.50 */
                leftUsd: string;
                periodStart: string | null;
                entryId: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "budget.renewed";
            data: {
                /** Format: uuid */
                budgetId: string;
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
                renewsAt: string | null;
                /** @example 10.50 */
                lastUsedUsd: string;
                /**
                 * Format: date-time
                 * @example 2026-01-31T12:00:00.000Z
                 */
                periodStart: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "rail.frozen";
            data: {
                rail: string;
                reason: string;
                /** @example 10.50 */
                dueUsd: string;
                /** @example 10.50 */
                gotUsd: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "rail.released";
            data: {
                rail: string;
                reason: string;
                /** @example 10.50 */
                dueUsd: string;
                /** @example 10.50 */
                gotUsd: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "webhook.disabled";
            data: {
                /** Format: uuid */
                endpointId: string;
                url: string;
                /** @enum {string} */
                reason: "failing" | "gone";
                /**
                 * Format: date-time
                 * @example 2026-01-31T12:00:00.000Z
                 */
                failingSince: string;
            };
        } | {
            id: string;
            /**
             * Format: date-time
             * @example 2026-01-31T12:00:00.000Z
             */
            timestamp: string;
            orgId: string | null;
            cursor: string;
            /** @constant */
            type: "webhook.test";
            data: {
                /** Format: uuid */
                endpointId: string;
            };
        };
        /** @description Why a call was refused, or failed. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            message: string;
            /** @enum {string} */
            code: "VALIDATION_FAILED" | "ORG_REQUIRED" | "SERVICE_TYPE_RESERVED" | "SIGNATURE_INVALID" | "PLAN_NOT_SELLABLE" | "UNAUTHENTICATED" | "CREDIT_INSUFFICIENT" | "CARD_DECLINED" | "FORBIDDEN" | "ORG_SUSPENDED" | "USER_SUSPENDED" | "NOT_FOUND" | "SENDER_CLAIMED" | "HOLD_NOT_PENDING" | "HOLD_EXCEEDED" | "DEPOSIT_NOT_OPEN" | "ORDER_NOT_OPEN" | "PRODUCT_INACTIVE" | "ALREADY_CHECKED_IN" | "CHECKIN_DISABLED" | "COUPON_UNUSABLE" | "DISPUTE_NOT_OPEN" | "PAYMENTS_NOT_CONFIGURED" | "REFUND_NOT_POSSIBLE" | "SUBSCRIPTION_STATE" | "IDEMPOTENCY_CONFLICT" | "CURSOR_AHEAD" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "PAYMENT_PROVIDER_FAILED" | "LEDGER_UNAVAILABLE" | "DEPOSIT_ADDRESS_UNAVAILABLE" | "RECOVERY_REQUIRED" | "METHOD_NOT_ALLOWED" | "INTERNAL_ERROR";
            instance: string;
            requestId: string;
            errors?: {
                path: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ServiceType = components['schemas']['ServiceType'];
export type Entry = components['schemas']['Entry'];
export type BudgetsLeft = components['schemas']['BudgetsLeft'];
export type EntryPreview = components['schemas']['EntryPreview'];
export type Budget = components['schemas']['Budget'];
export type Decision = components['schemas']['Decision'];
export type Event = components['schemas']['Event'];
export type Problem = components['schemas']['Problem'];
export type $defs = Record<string, never>;
export interface operations {
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
                        totalUsd: string;
                        availableUsd: string;
                        heldUsd: string;
                        pendingUsd: string;
                        debtUsd: string;
                        frozenUsd: string;
                        restricted: {
                            services: string[] | null;
                            actions: string[] | null;
                            availableUsd: string;
                        }[];
                        nextExpiry: {
                            amountUsd: string;
                            /** Format: date-time */
                            expiresAt: string;
                        } | null;
                        freeGiftCards: number;
                        /** @enum {string} */
                        status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                        lowBalanceThresholdUsd: string | null;
                        criticalThresholdUsd: string | null;
                        /** Format: date-time */
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
                            amountUsd: string;
                            priceCents: number;
                            creditUsd: string;
                            giftCards: number;
                            refundedCents: number;
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
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            timeline: {
                                /** Format: date-time */
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
    getTreasuryOrdersId: {
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
                        amountUsd: string;
                        priceCents: number;
                        creditUsd: string;
                        giftCards: number;
                        refundedCents: number;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        timeline: {
                            /** Format: date-time */
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
                        amountUsd: string;
                        priceCents: number;
                        creditUsd: string;
                        giftCards: number;
                        refundedCents: number;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        timeline: {
                            /** Format: date-time */
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
                        amountUsd: string;
                        priceCents: number;
                        creditUsd: string;
                        giftCards: number;
                        refundedCents: number;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        timeline: {
                            /** Format: date-time */
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
                        /** Format: date-time */
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
                            /** Format: date-time */
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
    postTreasuryDepositsClaim: {
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
                    txHash: string;
                    chain: string;
                    proof: {
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
                        chain: string;
                        txHash: string;
                        fromAddress: string;
                        deposits: {
                            /** Format: uuid */
                            id: string;
                            ordinal: number;
                            token: string;
                            amountUsd: string;
                            state: string;
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
                            /** Format: date-time */
                            createdAt: string;
                        }[];
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
                            amountUsd: string;
                            chain: string;
                            token: string;
                            txHash: string;
                            ordinal: number;
                            fromAddress: string;
                            toAddress: string;
                            blockNumber: number;
                            /** Format: date-time */
                            blockTime: string;
                            confirmations: number | null;
                            confirmationsNeeded: number | null;
                            estimatedSeconds: number | null;
                            provisional: boolean;
                            entryId: string | null;
                            orderId: string | null;
                            /** Format: date-time */
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
                            /** Format: date-time */
                            blockTime: string;
                            confirmations: number | null;
                            confirmationsNeeded: number | null;
                            estimatedSeconds: number | null;
                            provisional: boolean;
                            entryId: string | null;
                            orderId: string | null;
                            /** Format: date-time */
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
                            amountUsd: string;
                            leftUsd: string;
                            capturedUsd: string;
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
                            /** Format: date-time */
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
    postTreasuryHeartbeatHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    holdId: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        heartbeatSeconds: number;
                        /** Format: date-time */
                        aliveUntil: string;
                        /** Format: date-time */
                        expiresAt: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        heartbeatSeconds: number;
                        /** Format: date-time */
                        aliveUntil: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
        };
    };
    postTreasuryBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    commands: ({
                        serviceType: components["schemas"]["ServiceType"];
                        /** @description Decimal USD as a string, such as `10.50`. */
                        amountUsd?: string;
                        action?: string;
                        /** @description A decimal string, such as 1500 or 0.25. */
                        quantity?: string;
                        reference?: string;
                        description?: string;
                        appId?: string;
                        userId?: string;
                        teamId?: string;
                        metadata?: {
                            [key: string]: string;
                        };
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "debit";
                    } | {
                        /** @description Decimal USD as a string, such as `10.50`. */
                        amountUsd?: string;
                        action?: string;
                        /** @description A decimal string, such as 1500 or 0.25. */
                        quantity?: string;
                        serviceType: components["schemas"]["ServiceType"];
                        reference?: string;
                        description?: string;
                        appId?: string;
                        userId?: string;
                        teamId?: string;
                        metadata?: {
                            [key: string]: string;
                        };
                        expiresInSeconds?: number;
                        /** @default false */
                        useGiftCard?: boolean;
                        parentHoldId?: string;
                        heartbeatSeconds?: number;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "hold";
                    } | {
                        holdId: string;
                        /** @description Decimal USD as a string, such as `10.50`. */
                        amountUsd: string;
                        /** @default true */
                        final?: boolean;
                        /** @default false */
                        allowOverrun?: boolean;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "consume-hold";
                    } | {
                        holdId: string;
                        reason?: string;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "release-hold";
                    } | {
                        holdId: string;
                        expiresInSeconds: number;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "extend-hold";
                    } | {
                        holdId: string;
                        /** @description Decimal USD as a string, such as `10.50`. */
                        byUsd?: string;
                        /** @description Decimal USD as a string, such as `10.50`. */
                        toUsd?: string;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "grow-hold";
                    } | {
                        holdId: string;
                        idempotencyKey: string;
                        idempotency_key?: unknown;
                        /** @constant */
                        op: "heartbeat-hold";
                    })[];
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
                        dryRun?: true;
                        results: {
                            idempotencyKey: string | null;
                            status: number;
                            replayed: boolean;
                            result?: {
                                entryId: string | null;
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                serviceType: string | null;
                                amountUsd: string;
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
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                entryId?: string | null;
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                serviceType: string | null;
                                amountUsd: string;
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
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                serviceType: string | null;
                                amountUsd: string;
                                useGiftCard: boolean;
                                parentHoldId: string | null;
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
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                heartbeatSeconds: number | null;
                                aliveUntil: string | null;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                serviceType: string | null;
                                amountUsd: string;
                                useGiftCard: boolean;
                                parentHoldId: string | null;
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
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                heartbeatSeconds: number | null;
                                aliveUntil: string | null;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                entryId: string;
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                serviceType: string | null;
                                amountUsd: string;
                                overrunUsd: string;
                                releasedUsd: string;
                                returnedUsd: string;
                                holdLeftUsd: string;
                                remainingUsd: string;
                                parentRemainingUsd: string | null;
                                /** @enum {string} */
                                advice: "continue" | "wind_down" | "stop";
                                giftCardUsed: boolean;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                entryId?: string;
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                serviceType: string | null;
                                amountUsd: string;
                                overrunUsd: string;
                                releasedUsd: string;
                                returnedUsd: string;
                                holdLeftUsd: string;
                                remainingUsd: string;
                                parentRemainingUsd: string | null;
                                /** @enum {string} */
                                advice: "continue" | "wind_down" | "stop";
                                giftCardUsed: boolean;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                serviceType: string | null;
                                releasedUsd: string;
                                returnedUsd: string;
                                giftCardReturned: boolean;
                                reason: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                serviceType: string | null;
                                releasedUsd: string;
                                returnedUsd: string;
                                giftCardReturned: boolean;
                                reason: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                serviceType: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                serviceType: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                serviceType: string | null;
                                addedUsd: string;
                                holdLeftUsd: string;
                                remainingUsd: string;
                                parentRemainingUsd: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["Entry"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                serviceType: string | null;
                                addedUsd: string;
                                holdLeftUsd: string;
                                remainingUsd: string;
                                parentRemainingUsd: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                availableUsd: string;
                                heldUsd: string;
                                entries: components["schemas"]["EntryPreview"][];
                                budgets?: components["schemas"]["BudgetsLeft"];
                                idempotencyKey: string;
                            } | {
                                holdId: string;
                                heartbeatSeconds: number;
                                /** Format: date-time */
                                aliveUntil: string;
                                /** Format: date-time */
                                expiresAt: string;
                            } | {
                                /** @constant */
                                dryRun: true;
                                holdId?: string;
                                heartbeatSeconds: number;
                                /** Format: date-time */
                                aliveUntil: string;
                                /** Format: date-time */
                                expiresAt: string;
                            };
                            problem?: {
                                type: string;
                                title: string;
                                status: number;
                                detail: string;
                                message: string;
                                code: string;
                            } & {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
        };
    };
    postTreasuryCheckBalance: {
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
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd: string;
                    serviceType?: components["schemas"]["ServiceType"];
                    action?: string;
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
                        sufficient: boolean;
                        availableUsd: string;
                        /** @enum {string} */
                        status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
                    };
                };
            };
        };
    };
    getTreasuryQuote: {
        parameters: {
            query: {
                action: string;
                /** @description A decimal string, such as 1500 or 0.25. */
                quantity: string;
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
                        action: string;
                        quantity: string;
                        unit: string;
                        rateUsd: string;
                        amountUsd: string;
                        /** Format: uuid */
                        priceId: string;
                        /** Format: date-time */
                        at: string;
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
                        maxDayUsd: string;
                        maxMonthUsd: string;
                        maxDayCount: number;
                        stopped: {
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        nextAttemptAt: string | null;
                        openOrderId: string | null;
                        consent: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            thresholdUsd: string | null;
                            packId: string | null;
                            targetUsd: string | null;
                            maxDayUsd: string;
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
                        maxDayUsd: string;
                        maxMonthUsd: string;
                        maxDayCount: number;
                        stopped: {
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        nextAttemptAt: string | null;
                        openOrderId: string | null;
                        consent: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            thresholdUsd: string | null;
                            packId: string | null;
                            targetUsd: string | null;
                            maxDayUsd: string;
                            maxMonthUsd: string;
                            maxDayCount: number;
                            textVersion: string | null;
                        } | null;
                    };
                };
            };
        };
    };
    postTreasuryDebit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                /**
                 * @example {
                 *       "serviceType": "AI_API",
                 *       "amountUsd": "0.35",
                 *       "reference": "chat-8812"
                 *     }
                 */
                "application/json": {
                    serviceType: components["schemas"]["ServiceType"];
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd?: string;
                    action?: string;
                    /** @description A decimal string, such as 1500 or 0.25. */
                    quantity?: string;
                    reference?: string;
                    description?: string;
                    appId?: string;
                    userId?: string;
                    teamId?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entryId: string | null;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        serviceType: string | null;
                        amountUsd: string;
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
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        entryId?: string | null;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        serviceType: string | null;
                        amountUsd: string;
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
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                /**
                 * @example {
                 *       "serviceType": "SKU_PURCHASE",
                 *       "amountUsd": "25.00",
                 *       "expiresInSeconds": 900
                 *     }
                 */
                "application/json": {
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd?: string;
                    action?: string;
                    /** @description A decimal string, such as 1500 or 0.25. */
                    quantity?: string;
                    serviceType: components["schemas"]["ServiceType"];
                    reference?: string;
                    description?: string;
                    appId?: string;
                    userId?: string;
                    teamId?: string;
                    metadata?: {
                        [key: string]: string;
                    };
                    expiresInSeconds?: number;
                    /** @default false */
                    useGiftCard?: boolean;
                    parentHoldId?: string;
                    heartbeatSeconds?: number;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        serviceType: string | null;
                        amountUsd: string;
                        useGiftCard: boolean;
                        parentHoldId: string | null;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        heartbeatSeconds: number | null;
                        aliveUntil: string | null;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        serviceType: string | null;
                        amountUsd: string;
                        useGiftCard: boolean;
                        parentHoldId: string | null;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        heartbeatSeconds: number | null;
                        aliveUntil: string | null;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryConsumeHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                    holdId: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    amountUsd: string;
                    /** @default true */
                    final?: boolean;
                    /** @default false */
                    allowOverrun?: boolean;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        entryId: string;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        serviceType: string | null;
                        amountUsd: string;
                        overrunUsd: string;
                        releasedUsd: string;
                        returnedUsd: string;
                        holdLeftUsd: string;
                        remainingUsd: string;
                        parentRemainingUsd: string | null;
                        /** @enum {string} */
                        advice: "continue" | "wind_down" | "stop";
                        giftCardUsed: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        entryId?: string;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        serviceType: string | null;
                        amountUsd: string;
                        overrunUsd: string;
                        releasedUsd: string;
                        returnedUsd: string;
                        holdLeftUsd: string;
                        remainingUsd: string;
                        parentRemainingUsd: string | null;
                        /** @enum {string} */
                        advice: "continue" | "wind_down" | "stop";
                        giftCardUsed: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryReleaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                    holdId: string;
                    reason?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        serviceType: string | null;
                        releasedUsd: string;
                        returnedUsd: string;
                        giftCardReturned: boolean;
                        reason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        serviceType: string | null;
                        releasedUsd: string;
                        returnedUsd: string;
                        giftCardReturned: boolean;
                        reason: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryExtendHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                    holdId: string;
                    expiresInSeconds: number;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        serviceType: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        serviceType: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryGrowHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
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
                /**
                 * @example {
                 *       "holdId": "hold_...",
                 *       "byUsd": "5.00"
                 *     }
                 */
                "application/json": {
                    holdId: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    byUsd?: string;
                    /** @description Decimal USD as a string, such as `10.50`. */
                    toUsd?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holdId: string;
                        serviceType: string | null;
                        addedUsd: string;
                        holdLeftUsd: string;
                        remainingUsd: string;
                        parentRemainingUsd: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["Entry"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    } | {
                        /** @constant */
                        dryRun: true;
                        holdId?: string;
                        serviceType: string | null;
                        addedUsd: string;
                        holdLeftUsd: string;
                        remainingUsd: string;
                        parentRemainingUsd: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        entries: components["schemas"]["EntryPreview"][];
                        budgets?: components["schemas"]["BudgetsLeft"];
                        idempotencyKey: string;
                    };
                };
            };
        };
    };
    postTreasuryUsage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "id": "req-1",
                 *           "action": "chat",
                 *           "quantity": "1500",
                 *           "at": "2026-01-31T12:00:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    events: {
                        /** @description Of your own; an event is charged once for each wallet and id, for ever. */
                        id: string;
                        action: string;
                        /** @description A decimal string, such as 1500 or 0.25. */
                        quantity: string;
                        /**
                         * Format: date-time
                         * @description When it happened: at most 35 days ago, and 5 minutes ahead. Its price is that of this time.
                         */
                        at: string;
                        /** @default FEATURE */
                        serviceType?: components["schemas"]["ServiceType"];
                        reference?: string;
                        description?: string;
                        appId?: string;
                        userId?: string;
                        teamId?: string;
                        metadata?: {
                            [key: string]: string;
                        };
                    }[];
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
                        dryRun?: true;
                        results: {
                            id: string | null;
                            status: number;
                            seen: boolean;
                            charge: number | null;
                            problem?: {
                                status: number;
                                code: string;
                                detail: string;
                                message: string;
                            } & {
                                [key: string]: unknown;
                            };
                        }[];
                        charges: {
                            commandId?: string | null;
                            serviceType: string | null;
                            amountUsd: string;
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
                            events: number;
                            availableUsd: string;
                            heldUsd: string;
                            /** Format: date-time */
                            createdAt: string;
                            entries: {
                                id?: string;
                                commandId?: string;
                                /** @enum {string} */
                                type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                                serviceType: string | null;
                                amountUsd: string;
                                availableDeltaUsd: string;
                                heldDeltaUsd: string;
                                availableAfterUsd: string;
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
                                /** Format: date-time */
                                createdAt: string;
                            }[];
                            budgets?: components["schemas"]["BudgetsLeft"];
                        }[];
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
                            leftUsd: string;
                            capturedUsd: string;
                            expiresAt: string | null;
                            closedAt: string | null;
                        } | null;
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
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        auto_refill_consent: {
                            /** Format: date-time */
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
    putOrgsOrgBilling: {
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
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        auto_refill_consent: {
                            /** Format: date-time */
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
                        } | null;
                        auto_refill_consent: {
                            /** Format: date-time */
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
    getOrgsOrgWallet: {
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
                        wallet_balance: number;
                        wallet_balance_usd: string;
                    };
                };
            };
        };
    };
    postOrgsOrgWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
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
                    /** @enum {string} */
                    operation: "deposit" | "charge";
                    amount_micros: number;
                    description: string;
                    app_id?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        wallet_balance: number;
                        wallet_balance_usd: string;
                        transaction: {
                            transaction_id: string;
                            /** @enum {string} */
                            type: "deposit" | "charge" | "hold" | "release" | "refund" | "expiry" | "adjustment";
                            amount_micros: number;
                            balance_after: number;
                            description: string | null;
                            app_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                        };
                        budgets?: {
                            /** Format: uuid */
                            budget_id: string;
                            left_micros: number;
                            renews_at: string | null;
                        }[];
                    } | {
                        /** @constant */
                        dryRun: true;
                        wallet_balance: number;
                        wallet_balance_usd: string;
                        transaction: {
                            /** @enum {string} */
                            type: "deposit" | "charge" | "hold" | "release" | "refund" | "expiry" | "adjustment";
                            amount_micros: number;
                            balance_after: number;
                            description: string | null;
                            app_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                        };
                        budgets?: {
                            /** Format: uuid */
                            budget_id: string;
                            left_micros: number;
                            renews_at: string | null;
                        }[];
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
    getOrgsOrgTransactions: {
        parameters: {
            query?: {
                app_id?: string;
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
                        transactions: {
                            transaction_id: string;
                            /** @enum {string} */
                            type: "deposit" | "charge" | "hold" | "release" | "refund" | "expiry" | "adjustment";
                            amount_micros: number;
                            balance_after: number;
                            description: string | null;
                            app_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        next_cursor: string | null;
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
                            /** Format: date-time */
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
                        /** Format: date-time */
                        created_at: string;
                    };
                };
            };
        };
    };
    getOrgsOrgProductsId: {
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
                        /** Format: date-time */
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
                        /** Format: date-time */
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
    getIoWalletBalance: {
        parameters: {
            query?: {
                user_id?: string;
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
                        credits: number;
                        balance: number;
                        user_id: string;
                        restricted?: {
                            services: string[] | null;
                            actions: string[] | null;
                            credits: number;
                        }[];
                        next_expiry?: {
                            credits: number;
                            /** Format: date-time */
                            expires_at: string;
                        };
                    };
                };
            };
        };
    };
    postIoWalletDeduct: {
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
                    user_id: string;
                    feature: string;
                    count?: number;
                    units?: number;
                    amount?: number;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        allowed: true;
                        balanceBefore: number;
                        balanceAfter: number;
                        balance: number;
                        deducted: number;
                    } | {
                        /** @constant */
                        allowed: false;
                        balanceBefore: number;
                        required: number;
                    };
                };
            };
        };
    };
    postIoWalletTopupSession: {
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
                    user_id: string;
                    /** @description Whole dollars. */
                    amountDollars?: number;
                    /** @description Whole dollars. */
                    amount_dollars?: number;
                    /** @description Whole dollars. */
                    amount?: number;
                    product?: string;
                    returnUrl?: string;
                    success_url?: string;
                    cancel_url?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string | null;
                        sessionId: string;
                    };
                };
            };
        };
    };
    getIoWalletTransactions: {
        parameters: {
            query?: {
                user_id?: string;
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
                        items: {
                            id: string;
                            /** @enum {string} */
                            type: "topup" | "deduct" | "grant" | "refund" | "hold" | "release" | "expiry" | "adjustment";
                            feature?: string;
                            credits: number;
                            balance_after: number;
                            stripe_session_id?: string;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getIoWalletRates: {
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
                        rates: {
                            feature: string;
                            label: string;
                            credits: number;
                            unit: string;
                        }[];
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
                                /** Format: date-time */
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
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postCreditsDeduct: {
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
                    user_id: string;
                    /**
                     * @default ai_usage
                     * @enum {string}
                     */
                    type?: "ai_usage" | "usage";
                    amount: number;
                    description?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            balance: number;
                            transaction: {
                                id: string;
                                /** @enum {string} */
                                type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                                amount: number;
                                description: string | null;
                                /** Format: date-time */
                                created_at: string;
                            };
                        } | {
                            /** @constant */
                            dryRun: true;
                            balance: number;
                            transaction: {
                                /** @enum {string} */
                                type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                                amount: number;
                                description: string | null;
                                /** Format: date-time */
                                created_at: string;
                            };
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
    getOrders: {
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
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            type: "topup" | "subscription";
                            /** @enum {string} */
                            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                            price_cents: number;
                            currency: string;
                            credits: number;
                            plan_id: string | null;
                            refunded_cents: number;
                            /** Format: date-time */
                            created_at: string;
                            paid_at: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getOrdersId: {
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
                        /** @constant */
                        success: true;
                        data: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            channel: "stripe" | "creem";
                            /** @enum {string} */
                            type: "topup" | "subscription";
                            /** @enum {string} */
                            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                            price_cents: number;
                            currency: string;
                            credits: number;
                            plan_id: string | null;
                            refunded_cents: number;
                            /** Format: date-time */
                            created_at: string;
                            paid_at: string | null;
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
                            /** Format: date-time */
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
                            /** Format: date-time */
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
                            /** Format: date-time */
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
                            /** Format: date-time */
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
    postAdminCreditsManual: {
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
                    user_id: string;
                    amount: number;
                    reason: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        success: true;
                        data: {
                            balance: number;
                            transaction: {
                                id: string;
                                /** @enum {string} */
                                type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                                amount: number;
                                description: string | null;
                                /** Format: date-time */
                                created_at: string;
                            };
                        } | {
                            /** @constant */
                            dryRun: true;
                            balance: number;
                            transaction: {
                                /** @enum {string} */
                                type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                                amount: number;
                                description: string | null;
                                /** Format: date-time */
                                created_at: string;
                            };
                        };
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
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
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
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
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
    };
    getAdminCreditsTransactions: {
        parameters: {
            query?: {
                user_id?: string;
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
                            user_id: string;
                            id: string;
                            /** @enum {string} */
                            type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
                            amount: number;
                            description: string | null;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                        next_cursor: string | null;
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
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        timeZone: string;
                        /** @description True while the period may still get entries. */
                        open: boolean;
                        /** @description When it was read; null for a period that is closed. */
                        asOf: string | null;
                        /** @description available + held = paid + promotional - debt. */
                        opening: {
                            availableUsd: string;
                            heldUsd: string;
                            paidUsd: string;
                            promotionalUsd: string;
                            debtUsd: string;
                            freeGiftCards: number;
                            /** @description What of the available credit is for some things only. */
                            restricted: {
                                services: string[] | null;
                                actions: string[] | null;
                                availableUsd: string;
                            }[];
                        };
                        movements: {
                            /** @enum {string} */
                            type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                            serviceType: string | null;
                            entries: number;
                            availableDeltaUsd: string;
                            heldDeltaUsd: string;
                            paidDeltaUsd: string;
                            promotionalDeltaUsd: string;
                            debtDeltaUsd: string;
                            giftCardsDelta: number;
                        }[];
                        /** @description available + held = paid + promotional - debt. */
                        closing: {
                            availableUsd: string;
                            heldUsd: string;
                            paidUsd: string;
                            promotionalUsd: string;
                            debtUsd: string;
                            freeGiftCards: number;
                            /** @description What of the available credit is for some things only. */
                            restricted: {
                                services: string[] | null;
                                actions: string[] | null;
                                availableUsd: string;
                            }[];
                        };
                    };
                    "text/csv": string;
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
                            /** Format: date-time */
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
                        /** Format: date-time */
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
                            /** Format: date-time */
                            firstSeenAt: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
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
                            provisionalLimitUsd: string;
                            orgBilling: {
                                trusted: boolean;
                            };
                            internal: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @description To be sent as `cursor` for the next page; null on the last page. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    postAdminOrgs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    externalId?: string;
                    metadata?: {
                        [key: string]: string;
                    };
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
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /** Format: date-time */
                        createdAt: string;
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
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                        suspensions: {
                            begins: boolean;
                            reason: string | null;
                            actor: string;
                            /** Format: date-time */
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
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    postAdminOrgsOrgClose: {
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
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
                        heldUsd: string;
                    };
                };
            };
        };
    };
    postAdminOrgsOrgReopen: {
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
                        provisionalLimitUsd: string;
                        orgBilling: {
                            trusted: boolean;
                        };
                        internal: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
        };
    };
    getAdminKeys: {
        parameters: {
            query?: {
                org?: string;
                kind?: "org" | "platform" | "admin";
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
                            /** Format: date-time */
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
    postAdminKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "org" | "platform" | "admin";
                    /** Format: uuid */
                    org?: string;
                    name: string;
                    scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
                    /** Format: date-time */
                    expiresAt?: string;
                    allowedIps?: string[];
                    /** @description Decimal USD as a string, such as `5.00`; may be zero. */
                    mintLimitUsd?: string;
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
                        /** Format: date-time */
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
    postAdminKeysIdRotate: {
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
                    /** @default 86400 */
                    overlapSeconds?: number;
                    /** Format: date-time */
                    expiresAt?: string;
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
                        /** Format: date-time */
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
    getAdminKeysId: {
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
                        id: string;
                        /** @enum {string} */
                        kind: "org" | "platform" | "admin";
                        org: string | null;
                        name: string;
                        scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
                        /** @enum {string} */
                        state: "active" | "replaced" | "expired" | "revoked";
                        allowedIps: string[] | null;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        revokedAt: string | null;
                        lastUsedAt: string | null;
                        replacedBy: string | null;
                        mintLimitUsd: string | null;
                        madeBy: string[];
                    };
                };
            };
        };
    };
    deleteAdminKeysId: {
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
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entryId: string;
                        /** @enum {string} */
                        type: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
                        amountUsd: string;
                        reason: string | null;
                        reference: string | null;
                        metadata: {
                            [key: string]: string;
                        } | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
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
                        amountUsd: string;
                        reason: string | null;
                        reference: string | null;
                        metadata: {
                            [key: string]: string;
                        } | null;
                        /** Format: date-time */
                        createdAt: string;
                        availableUsd: string;
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
                            /** Format: date-time */
                            from: string;
                            to: string | null;
                            /** Format: date-time */
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
                        /** Format: date-time */
                        from: string;
                        to: string | null;
                        /** Format: date-time */
                        addedAt: string;
                        addedBy: string;
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
                        /** Format: date-time */
                        requestedAt: string;
                        /** Format: date-time */
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
    getEvents: {
        parameters: {
            query?: {
                after?: string;
                types?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: string;
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
                        events: components["schemas"]["Event"][];
                        cursor: string;
                        hasMore: boolean;
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
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        secret: string;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                        secret: string;
                    };
                };
            };
        };
    };
    getWebhookEndpointsId: {
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
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
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
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
                            /** Format: date-time */
                            createdAt: string;
                            finishedAt: string | null;
                            attempts: {
                                /** Format: date-time */
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
                        /** Format: date-time */
                        createdAt: string;
                        finishedAt: string | null;
                        attempts: {
                            /** Format: date-time */
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
    getAdminEvents: {
        parameters: {
            query?: {
                after?: string;
                types?: string;
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
                        events: components["schemas"]["Event"][];
                        cursor: string;
                        hasMore: boolean;
                    };
                };
            };
        };
    };
    getEventsStream: {
        parameters: {
            query?: {
                after?: string;
                types?: string;
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
                    "text/event-stream": string;
                };
            };
        };
    };
    getAdminEventsStream: {
        parameters: {
            query?: {
                after?: string;
                types?: string;
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
                    "text/event-stream": string;
                };
            };
        };
    };
}
